#pragma once

// Which topics we listen to. Any AWS account can produce a validly signed message, so this list is
// the real authentication.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "ingest/sns/topic_arn.h"

namespace mailtrail::ingest::sns {

// A source as it is configured.
struct SourceConfig {
  std::string name;  // 1 to 64 of [A-Za-z0-9_-].
  // What stands for the source in stored rows: never 0, never used for another one.
  std::uint32_t number = 0;
  // ARN patterns: all of one account and one region; only the name may hold '*'.
  std::vector<std::string> topics;
  // Whether a genuine SubscriptionConfirmation for one of the topics is answered.
  bool confirm_subscriptions = true;
};

// A configured set of topics, checked.
struct Source {
  std::string name;
  std::uint32_t number = 0;
  std::vector<TopicPattern> topics;
  bool confirm_subscriptions = true;

  [[nodiscard]] const Partition& partition() const { return *topics.front().partition; }
  [[nodiscard]] const std::string& region() const { return topics.front().region; }
  [[nodiscard]] const std::string& account() const { return topics.front().account; }
};

// The sources of topics that are given without one (--topic-arn): "<account>-<region>" each, in the
// order of first appearance, numbers left at 0.
[[nodiscard]] absl::StatusOr<std::vector<SourceConfig>> SourcesOfTopics(
    const std::vector<std::string>& patterns);

// All sources at one time. Immutable, so thread-safe.
class SourceSet {
 public:
  // kInvalidArgument with one sentence: no source at all, a bad or doubled name or number, a source
  // without topics or of two accounts or regions, a bad pattern, a topic that two sources list.
  [[nodiscard]] static absl::StatusOr<std::shared_ptr<const SourceSet>> Make(
      const std::vector<SourceConfig>& configs);

  enum class Standing {
    kListed,
    kUnlisted,        // The account is one of ours, the topic is in no source.
    kForeignAccount,  // No source has this account.
  };
  struct Found {
    Standing standing;
    std::shared_ptr<const Source> source;  // Set when listed.
  };
  [[nodiscard]] Found Find(const TopicArn& topic) const;

  // In the order of their configuration.
  [[nodiscard]] const std::vector<std::shared_ptr<const Source>>& sources() const {
    return sources_;
  }

 private:
  SourceSet() = default;
  [[nodiscard]] absl::Status Add(const SourceConfig& config);
  [[nodiscard]] absl::Status CheckAgainstOthers(const Source& source) const;

  std::vector<std::shared_ptr<const Source>> sources_;
  // An account's sources, by "<partition>:<account>": accounts of two partitions are strangers.
  absl::flat_hash_map<std::string, std::vector<std::shared_ptr<const Source>>> by_account_;
};

}  // namespace mailtrail::ingest::sns
