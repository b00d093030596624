#include "ingest/sns/sources.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "ingest/sns/limits.h"
#include "storage/base/status.h"
#include "storage/base/text.h"

namespace mailtrail::ingest::sns {
namespace {

bool IsSourceName(std::string_view name) {
  return !name.empty() && name.size() <= kSourceNameCharactersMax &&
         std::ranges::all_of(name,
                             [](char c) { return absl::ascii_isalnum(c) || c == '-' || c == '_'; });
}

std::string AccountKey(const Partition& partition, std::string_view account) {
  return Cat(partition.name, ":", account);
}

template <typename... Args>
absl::Status Wrong(const Args&... args) {
  return MakeStatus(absl::StatusCode::kInvalidArgument, args...);
}

// What can be said about a source by itself.
absl::StatusOr<Source> CheckAlone(const SourceConfig& config) {
  if (!IsSourceName(config.name)) {
    return Wrong("source name '", config.name, "' must be 1 to ", kSourceNameCharactersMax,
                 " of A-Z a-z 0-9 - _");
  }
  if (config.number == 0) return Wrong("source '", config.name, "' has no number");
  if (config.topics.empty()) return Wrong("source '", config.name, "' lists no topic");
  Source source{.name = config.name,
                .number = config.number,
                .confirm_subscriptions = config.confirm_subscriptions};
  for (const std::string& text : config.topics) {
    absl::StatusOr<TopicPattern> pattern = ParseTopicPattern(text);
    if (!pattern.ok()) return Annotate(pattern.status(), Cat("source '", config.name, "'"));
    source.topics.push_back(*std::move(pattern));
    const TopicPattern& first = source.topics.front();
    const TopicPattern& last = source.topics.back();
    if (last.account != first.account || last.region != first.region) {
      return Wrong("source '", config.name, "' must have one account and one region, but lists '",
                   first.text, "' and '", last.text, "'");
    }
  }
  return source;
}

}  // namespace

absl::StatusOr<std::vector<SourceConfig>> SourcesOfTopics(
    const std::vector<std::string>& patterns) {
  std::vector<SourceConfig> configs;
  for (const std::string& text : patterns) {
    MT_ASSIGN_OR_RETURN(const TopicPattern pattern, ParseTopicPattern(text));
    const std::string name = Cat(pattern.account, "-", pattern.region);
    auto config = std::ranges::find(configs, name, &SourceConfig::name);
    if (config == configs.end()) {
      configs.push_back({.name = name});
      config = std::prev(configs.end());
    }
    config->topics.push_back(text);
  }
  return configs;
}

absl::StatusOr<std::shared_ptr<const SourceSet>> SourceSet::Make(
    const std::vector<SourceConfig>& configs) {
  if (configs.empty()) {
    return Wrong("no source is configured: name at least one topic to listen to");
  }
  std::shared_ptr<SourceSet> set(new SourceSet);
  for (const SourceConfig& config : configs) MT_RETURN_IF_ERROR(set->Add(config));
  return set;
}

absl::Status SourceSet::Add(const SourceConfig& config) {
  MT_ASSIGN_OR_RETURN(Source checked, CheckAlone(config));
  MT_RETURN_IF_ERROR(CheckAgainstOthers(checked));
  auto source = std::make_shared<const Source>(std::move(checked));
  sources_.push_back(source);
  by_account_[AccountKey(source->partition(), source->account())].push_back(std::move(source));
  return absl::OkStatus();
}

absl::Status SourceSet::CheckAgainstOthers(const Source& source) const {
  for (const auto& other : sources_) {
    if (other->name == source.name) return Wrong("two sources are called '", source.name, "'");
    if (other->number == source.number) {
      return Wrong("sources '", other->name, "' and '", source.name, "' have the same number");
    }
    for (const TopicPattern& mine : source.topics) {
      for (const TopicPattern& theirs : other->topics) {
        if (!Overlap(mine, theirs)) continue;
        return Wrong("a topic must belong to one source, but '", theirs.text, "' of source '",
                     other->name, "' and '", mine.text, "' of source '", source.name,
                     "' have topics in common");
      }
    }
  }
  return absl::OkStatus();
}

SourceSet::Found SourceSet::Find(const TopicArn& topic) const {
  const auto account = by_account_.find(AccountKey(*topic.partition, topic.account));
  if (account == by_account_.end()) return {.standing = Standing::kForeignAccount};
  for (const auto& source : account->second) {
    for (const TopicPattern& pattern : source->topics) {
      if (Matches(pattern, topic)) return {.standing = Standing::kListed, .source = source};
    }
  }
  return {.standing = Standing::kUnlisted};
}

}  // namespace mailtrail::ingest::sns
