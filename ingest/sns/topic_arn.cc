#include "ingest/sns/topic_arn.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/ascii.h"
#include "ingest/sns/limits.h"
#include "storage/base/status.h"

namespace mailtrail::ingest::sns {
namespace {

constexpr std::size_t kAccountDigits = 12;
constexpr std::size_t kRegionCharactersMax = 32;

bool IsRegion(std::string_view text) {
  return !text.empty() && text.size() <= kRegionCharactersMax &&
         std::ranges::all_of(text, [](char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
         });
}

bool IsAccount(std::string_view text) {
  return text.size() == kAccountDigits &&
         std::ranges::all_of(text, [](char c) { return absl::ascii_isdigit(c); });
}

bool IsTopicName(std::string_view text, bool star_allowed) {
  return !text.empty() && text.size() <= kTopicNameCharactersMax &&
         std::ranges::all_of(text, [&](char c) {
           return absl::ascii_isalnum(c) || c == '-' || c == '_' || (c == '*' && star_allowed);
         });
}

// The six parts between colons; nullopt when there are more or fewer.
std::optional<std::array<std::string_view, 6>> SplitArn(std::string_view text) {
  std::array<std::string_view, 6> parts;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    parts.at(i) = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  if (text.find(':') != std::string_view::npos) return std::nullopt;
  parts.back() = text;
  return parts;
}

// Fills `out`, a TopicArn or a TopicPattern. Returns what is wrong, or "".
template <typename Arn>
std::string_view Parse(std::string_view text, bool star_allowed, Arn& out) {
  const auto parts = SplitArn(text);
  if (!parts || (*parts)[0] != "arn" || (*parts)[2] != "sns") {
    return "it has not the form arn:PARTITION:sns:REGION:ACCOUNT:NAME";
  }
  const auto& [arn, partition, sns, region, account, name] = *parts;
  out.partition = FindPartition(partition);
  if (out.partition == nullptr) return "there is no such partition";
  if (!IsRegion(region)) return "the region must be named in full, without '*'";
  if (!HasRegion(*out.partition, region)) return "the region belongs to another partition";
  if (!IsAccount(account)) return "the account must be 12 digits, without '*'";
  if (!IsTopicName(name, star_allowed)) {
    return "the topic's name must be 1 to 256 of A-Z a-z 0-9 - _";
  }
  out.text = text;
  out.region = region;
  out.account = account;
  out.name = name;
  return {};
}

bool GlobMatches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  // Where the last '*' stands, and the text up to which it reaches so far.
  std::size_t star = std::string_view::npos;
  std::size_t star_end = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_end = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++star_end;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

// Whether some text matches both. overlap[i][j]: whether some text matches a[i..] and b[j..].
bool GlobsOverlap(std::string_view a, std::string_view b) {
  std::vector<std::vector<bool>> overlap(a.size() + 1, std::vector<bool>(b.size() + 1));
  for (std::size_t i = a.size() + 1; i-- > 0;) {
    for (std::size_t j = b.size() + 1; j-- > 0;) {
      const bool a_ends = i == a.size();
      const bool b_ends = j == b.size();
      if (a_ends && b_ends) {
        overlap[i][j] = true;
      } else if (!a_ends && a[i] == '*') {
        overlap[i][j] = overlap[i + 1][j] || (!b_ends && overlap[i][j + 1]);
      } else if (!b_ends && b[j] == '*') {
        overlap[i][j] = overlap[i][j + 1] || (!a_ends && overlap[i + 1][j]);
      } else {
        overlap[i][j] = !a_ends && !b_ends && a[i] == b[j] && overlap[i + 1][j + 1];
      }
    }
  }
  return overlap[0][0];
}

template <typename A, typename B>
bool SameAccountAndRegion(const A& a, const B& b) {
  return a.partition == b.partition && a.region == b.region && a.account == b.account;
}

}  // namespace

std::optional<TopicArn> ParseTopicArn(std::string_view text) {
  TopicArn topic;
  if (!Parse(text, /*star_allowed=*/false, topic).empty()) return std::nullopt;
  return topic;
}

absl::StatusOr<TopicPattern> ParseTopicPattern(std::string_view text) {
  TopicPattern pattern;
  const std::string_view wrong = Parse(text, /*star_allowed=*/true, pattern);
  if (!wrong.empty()) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "topic ARN pattern '", text,
                      "' is malformed: ", wrong);
  }
  return pattern;
}

bool Matches(const TopicPattern& pattern, const TopicArn& topic) {
  return SameAccountAndRegion(pattern, topic) && GlobMatches(pattern.name, topic.name);
}

bool Overlap(const TopicPattern& a, const TopicPattern& b) {
  return SameAccountAndRegion(a, b) && GlobsOverlap(a.name, b.name);
}

}  // namespace mailtrail::ingest::sns
