#include "ingest/sns/topic_arn.h"

#include <random>
#include <string>

#include "gmock/gmock.h"
#include "ingest/sns/limits.h"
#include "storage/base/text.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::ingest::sns {
namespace {

using test::StatusIs;
using ::testing::HasSubstr;

constexpr std::string_view kPrefix = "arn:aws:sns:us-east-1:123456789012:";

TEST(TopicArn, IsTakenApart) {
  const auto topic = ParseTopicArn("arn:aws-cn:sns:cn-north-1:123456789012:Ses_events-1");
  ASSERT_TRUE(topic);
  EXPECT_EQ(topic->text, "arn:aws-cn:sns:cn-north-1:123456789012:Ses_events-1");
  EXPECT_EQ(topic->partition, FindPartition("aws-cn"));
  EXPECT_EQ(topic->region, "cn-north-1");
  EXPECT_EQ(topic->account, "123456789012");
  EXPECT_EQ(topic->name, "Ses_events-1");
}

TEST(TopicArn, IsRefusedOutsideItsForm) {
  for (const std::string_view text : {
           "",
           "arn",
           "arn:aws:sns:us-east-1:123456789012",
           "arn:aws:sns:us-east-1:123456789012:",
           "arn:aws:sns:us-east-1:123456789012:a:2296bc94-7992-4be1-b15f-b97229b5c1d8",
           "arn:aws:sns:us-east-1:123456789012:a.fifo",
           "arn:aws:sns:us-east-1:123456789012:a*",
           "arn:aws:sns:us-east-1:123456789012:a\n",
           "arn:aws:sns:us-east-1:123456789012:\xC3\xA9",
           "arn:aws:sns:us-east-1:12345678901:a",
           "arn:aws:sns:us-east-1:1234567890123:a",
           "arn:aws:sns:us-east-1:12345678901x:a",
           "arn:aws:sns::123456789012:a",
           "arn:aws:sns:us-east-1.evil:123456789012:a",
           "arn:aws:sns:US-EAST-1:123456789012:a",
           "arn:aws:sns:cn-north-1:123456789012:a",
           "arn:aws-cn:sns:us-east-1:123456789012:a",
           "arn:aws-mars:sns:us-east-1:123456789012:a",
           "arn:aws:sqs:us-east-1:123456789012:a",
           "ARN:aws:sns:us-east-1:123456789012:a",
           " arn:aws:sns:us-east-1:123456789012:a",
       }) {
    EXPECT_FALSE(ParseTopicArn(text)) << text;
  }
}

TEST(TopicArn, NameHasALimit) {
  EXPECT_TRUE(ParseTopicArn(Cat(kPrefix, std::string(kTopicNameCharactersMax, 'n'))));
  EXPECT_FALSE(ParseTopicArn(Cat(kPrefix, std::string(kTopicNameCharactersMax + 1, 'n'))));
}

TEST(TopicPattern, MayHoldStarsInTheNameOnly) {
  EXPECT_OK(ParseTopicPattern("arn:aws:sns:us-east-1:123456789012:*"));
  EXPECT_OK(ParseTopicPattern("arn:aws:sns:us-east-1:123456789012:ses-*-events"));
  EXPECT_THAT(ParseTopicPattern("arn:aws:sns:*:123456789012:a"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("region must be named")));
  EXPECT_THAT(ParseTopicPattern("arn:aws:sns:us-east-1:*:a"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("account must be 12 digits")));
  EXPECT_THAT(ParseTopicPattern("arn:aws*:sns:us-east-1:123456789012:a"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no such partition")));
  EXPECT_THAT(ParseTopicPattern("*"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("'*' is malformed")));
}

TopicPattern Pattern(std::string_view name) { return *ParseTopicPattern(Cat(kPrefix, name)); }

// A plain model: recursion.
bool MatchesModel(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    return MatchesModel(pattern.substr(1), text) ||
           (!text.empty() && MatchesModel(pattern, text.substr(1)));
  }
  return !text.empty() && text[0] == pattern[0] && MatchesModel(pattern.substr(1), text.substr(1));
}

std::string RandomName(std::mt19937& random, std::string_view alphabet) {
  std::string name(1 + random() % 6, ' ');
  for (char& c : name) c = alphabet[random() % alphabet.size()];
  return name;
}

TEST(TopicPattern, MatchesLikeAPlainModel) {
  std::mt19937 random(1);
  int matches = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string pattern = RandomName(random, "ab*");
    const std::string name = RandomName(random, "ab");
    const auto topic = ParseTopicArn(Cat(kPrefix, name));
    const bool expected = MatchesModel(pattern, name);
    matches += expected ? 1 : 0;
    ASSERT_EQ(Matches(Pattern(pattern), *topic), expected) << pattern << " " << name;
  }
  EXPECT_GT(matches, 1'000);
}

TEST(TopicPattern, MatchesOnlyItsAccountAndRegion) {
  const TopicPattern all = Pattern("*");
  EXPECT_TRUE(Matches(all, *ParseTopicArn("arn:aws:sns:us-east-1:123456789012:a")));
  EXPECT_FALSE(Matches(all, *ParseTopicArn("arn:aws:sns:us-east-2:123456789012:a")));
  EXPECT_FALSE(Matches(all, *ParseTopicArn("arn:aws:sns:us-east-1:123456789013:a")));
}

// Two patterns overlap exactly when some short text matches both: names of up to 6 letters, each
// pattern of up to 6, need no longer witness over an alphabet of two letters than 10 characters.
TEST(TopicPattern, OverlapsWhenSomeTopicMatchesBoth) {
  std::mt19937 random(2);
  int overlaps = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string a = RandomName(random, "ab*");
    const std::string b = RandomName(random, "ab*");
    bool expected = false;
    for (unsigned length = 1; length <= 10 && !expected; ++length) {
      for (unsigned bits = 0; bits < (1U << length) && !expected; ++bits) {
        std::string name(length, 'a');
        for (unsigned at = 0; at < length; ++at) {
          if ((bits >> at & 1U) != 0) name[at] = 'b';
        }
        expected = MatchesModel(a, name) && MatchesModel(b, name);
      }
    }
    overlaps += expected ? 1 : 0;
    ASSERT_EQ(Overlap(Pattern(a), Pattern(b)), expected) << a << " " << b;
  }
  EXPECT_GT(overlaps, 50);
  EXPECT_LT(overlaps, 250);
}

}  // namespace
}  // namespace mailtrail::ingest::sns
