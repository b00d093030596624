#include "server/app/source_directory.h"

#include <map>
#include <string>
#include <utility>

#include "ingest/http/sns_route.h"

namespace mailtrail::server::app {
namespace {

using Kind = ingest::Outcome::Kind;
using storage::v1::TopicState;

std::vector<api::RefusalCount> ToCounts(
    const std::map<std::string, ingest::SourceReport::Refusals>& refusals) {
  std::vector<api::RefusalCount> counts;
  counts.reserve(refusals.size());
  for (const auto& [reason, refusal] : refusals) {
    counts.push_back({.reason = reason,
                      .http_status = ingest::http::StatusOf(refusal.kind),
                      .count = refusal.count});
  }
  return counts;
}

std::optional<UnixMillis> TimeOrNone(std::int64_t millis) {
  if (millis == 0) return std::nullopt;
  return UnixMillis{millis};
}

api::TopicInfo ToTopic(const TopicState& state) {
  api::TopicInfo topic{.arn = state.topic_arn(),
                       .subscription = api::SubscriptionState::kUnknown,
                       .subscription_changed = TimeOrNone(state.changed_ms()),
                       .validated = TimeOrNone(state.validated_ms())};
  if (state.subscription() == TopicState::SUBSCRIPTION_CONFIRMED) {
    topic.subscription = api::SubscriptionState::kConfirmed;
  } else if (state.subscription() == TopicState::SUBSCRIPTION_ENDED) {
    topic.subscription = api::SubscriptionState::kEnded;
  }
  return topic;
}

api::SourceInfo ToInfo(const ingest::SourceReport& report) {
  const auto count = [&](Kind kind) { return report.outcomes[static_cast<std::size_t>(kind)]; };
  api::SourceInfo info{.number = report.row.number,
                       .name = report.row.source.name(),
                       .account_id = report.row.source.account_id(),
                       .region = report.row.source.region(),
                       .topic_patterns = report.topic_patterns,
                       .topics = {},
                       .last_push = report.last_push,
                       .last_push_sns = report.last_push_sns,
                       .stored = count(Kind::kDurable),
                       .duplicates = count(Kind::kDuplicate),
                       .ignored = count(Kind::kIgnored),
                       .quarantined = count(Kind::kQuarantined),
                       .refusals = ToCounts(report.refusals)};
  for (const TopicState& topic : report.row.source.topics()) info.topics.push_back(ToTopic(topic));
  return info;
}

}  // namespace

std::vector<api::SourceInfo> SourceDirectory::List() const {
  std::vector<api::SourceInfo> sources;
  for (const auto& report : book_.Reports()) sources.push_back(ToInfo(report));
  return sources;
}

std::vector<api::RefusalCount> SourceDirectory::UnattributedRefusals() const {
  return ToCounts(book_.UnattributedRefusals());
}

}  // namespace mailtrail::server::app
