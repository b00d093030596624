#pragma once

// A topic's full name, and the patterns by which sources list topics.

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ingest/sns/regions.h"

namespace mailtrail::ingest::sns {

// arn:<partition>:sns:<region>:<account>:<name>
struct TopicArn {
  std::string text;  // The whole, as it was written.
  const Partition* partition = nullptr;
  std::string region;   // Belongs to the partition.
  std::string account;  // 12 digits.
  std::string name;     // 1 to 256 of [A-Za-z0-9_-].
};

// Nullopt unless every part has its form. FIFO topics (".fifo") are none: SES cannot send to them.
[[nodiscard]] std::optional<TopicArn> ParseTopicArn(std::string_view text);

// As TopicArn, but the name may hold '*', each for any number of characters.
struct TopicPattern {
  std::string text;
  const Partition* partition = nullptr;
  std::string region;
  std::string account;
  std::string name;
};

// kInvalidArgument with one sentence that says what is wrong.
[[nodiscard]] absl::StatusOr<TopicPattern> ParseTopicPattern(std::string_view text);

[[nodiscard]] bool Matches(const TopicPattern& pattern, const TopicArn& topic);

// Whether some topic matches both.
[[nodiscard]] bool Overlap(const TopicPattern& a, const TopicPattern& b);

}  // namespace mailtrail::ingest::sns
