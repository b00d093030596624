#include "ingest/sns/sources.h"

#include <string>

#include "gmock/gmock.h"
#include "ingest/sns/limits.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::ingest::sns {
namespace {

using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
constexpr char kVirginia[] = "arn:aws:sns:us-east-1:123456789012:ses-*";
constexpr char kIreland[] = "arn:aws:sns:eu-west-1:123456789012:ses-*";
constexpr char kOther[] = "arn:aws:sns:us-east-1:210987654321:mail";

SourceSet::Found FindIn(const SourceSet& sources, std::string_view arn) {
  return sources.Find(*ParseTopicArn(arn));
}

TEST(SourceSet, TellsListedUnlistedAndForeignTopicsApart) {
  MT_ASSERT_OK_AND_ASSIGN(const auto sources,
                          SourceSet::Make({{.name = "virginia", .number = 3, .topics = {kVirginia}},
                                           {.name = "other", .number = 4, .topics = {kOther}}}));
  const auto listed = FindIn(*sources, "arn:aws:sns:us-east-1:123456789012:ses-events");
  EXPECT_EQ(listed.standing, SourceSet::Standing::kListed);
  ASSERT_NE(listed.source, nullptr);
  EXPECT_EQ(listed.source->name, "virginia");
  EXPECT_EQ(listed.source->number, 3);
  EXPECT_EQ(listed.source->account(), "123456789012");
  EXPECT_EQ(listed.source->region(), "us-east-1");
  EXPECT_TRUE(listed.source->confirm_subscriptions);

  using enum SourceSet::Standing;
  EXPECT_EQ(FindIn(*sources, kOther).standing, kListed);
  EXPECT_EQ(FindIn(*sources, "arn:aws:sns:us-east-1:123456789012:other").standing, kUnlisted);
  EXPECT_EQ(FindIn(*sources, "arn:aws:sns:eu-west-1:123456789012:ses-events").standing, kUnlisted);
  EXPECT_EQ(FindIn(*sources, "arn:aws:sns:us-east-1:111111111111:ses-events").standing,
            kForeignAccount);
  // The same digits in another partition are another account.
  EXPECT_EQ(FindIn(*sources, "arn:aws-cn:sns:cn-north-1:123456789012:ses-events").standing,
            kForeignAccount);
}

TEST(SourceSet, TellsWhatIsWrongInOneSentence) {
  EXPECT_THAT(SourceSet::Make({}), StatusIs(kInvalid, HasSubstr("no source is configured")));
  EXPECT_THAT(SourceSet::Make({{.name = "a b", .number = 1, .topics = {kOther}}}),
              StatusIs(kInvalid, HasSubstr("source name 'a b' must be")));
  EXPECT_THAT(SourceSet::Make({{.name = "a", .topics = {kOther}}}),
              StatusIs(kInvalid, "source 'a' has no number"));
  EXPECT_THAT(SourceSet::Make({{.name = "a", .number = 1}}),
              StatusIs(kInvalid, "source 'a' lists no topic"));
  EXPECT_THAT(SourceSet::Make({{.name = "a", .number = 1, .topics = {"mail"}}}),
              StatusIs(kInvalid, HasSubstr("source 'a': topic ARN pattern 'mail' is malformed")));
  EXPECT_THAT(SourceSet::Make({{.name = "a", .number = 1, .topics = {kVirginia, kIreland}}}),
              StatusIs(kInvalid, HasSubstr("must have one account and one region")));
  EXPECT_THAT(SourceSet::Make({{.name = "a", .number = 1, .topics = {kVirginia, kOther}}}),
              StatusIs(kInvalid, HasSubstr("must have one account and one region")));
  EXPECT_THAT(SourceSet::Make({{.name = "a", .number = 1, .topics = {kVirginia}},
                               {.name = "a", .number = 2, .topics = {kOther}}}),
              StatusIs(kInvalid, "two sources are called 'a'"));
  EXPECT_THAT(SourceSet::Make({{.name = "a", .number = 1, .topics = {kVirginia}},
                               {.name = "b", .number = 1, .topics = {kOther}}}),
              StatusIs(kInvalid, "sources 'a' and 'b' have the same number"));
  EXPECT_THAT(
      SourceSet::Make(
          {{.name = "a", .number = 1, .topics = {kVirginia}},
           {.name = "b", .number = 2, .topics = {"arn:aws:sns:us-east-1:123456789012:*-events"}}}),
      StatusIs(kInvalid, HasSubstr("have topics in common")));
}

TEST(SourceSet, NamesHaveALimit) {
  const auto make = [](std::size_t characters) {
    return SourceSet::Make(
        {{.name = std::string(characters, 'n'), .number = 1, .topics = {kOther}}});
  };
  EXPECT_OK(make(kSourceNameCharactersMax));
  EXPECT_THAT(make(kSourceNameCharactersMax + 1), StatusIs(kInvalid));
}

TEST(SourcesOfTopics, GroupsTopicsByAccountAndRegion) {
  MT_ASSERT_OK_AND_ASSIGN(
      const auto configs,
      SourcesOfTopics({kVirginia, kOther, "arn:aws:sns:us-east-1:123456789012:more", kIreland}));
  ASSERT_EQ(configs.size(), 3);
  EXPECT_EQ(configs[0].name, "123456789012-us-east-1");
  EXPECT_THAT(configs[0].topics, ElementsAre(kVirginia, "arn:aws:sns:us-east-1:123456789012:more"));
  EXPECT_EQ(configs[1].name, "210987654321-us-east-1");
  EXPECT_EQ(configs[2].name, "123456789012-eu-west-1");
  EXPECT_THAT(SourcesOfTopics({kVirginia, "x"}), StatusIs(kInvalid, HasSubstr("'x'")));
}

}  // namespace
}  // namespace mailtrail::ingest::sns
