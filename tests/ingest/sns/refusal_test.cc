#include "ingest/sns/refusal.h"

#include <set>

#include "gmock/gmock.h"

namespace mailtrail::ingest::sns {
namespace {

TEST(Refusal, HasAWordOfItsOwn) {
  std::set<std::string_view> words;
  for (std::size_t i = 0; i < kRefusals; ++i) words.insert(Word(static_cast<Refusal>(i)));
  EXPECT_EQ(words.size(), kRefusals);
  for (const std::string_view word : words) {
    EXPECT_THAT(std::string(word), ::testing::MatchesRegex("[a-z0-9_]+"));
  }
}

// SNS drops for good what got a 4xx: these are final by decision, everything else is tried again.
TEST(Refusal, IsForbiddenOnlyWhenNothingAtOurSideCouldHelp) {
  std::set<Refusal> forbidden;
  for (std::size_t i = 0; i < kRefusals; ++i) {
    const auto reason = static_cast<Refusal>(i);
    if (FaultOf(reason) == Fault::kForbidden) forbidden.insert(reason);
  }
  EXPECT_THAT(forbidden, ::testing::UnorderedElementsAre(
                             Refusal::kForeignAccount, Refusal::kCertificateUrl,
                             Refusal::kTimestampOutsideCertificate, Refusal::kSignatureMismatch));
  EXPECT_EQ(FaultOf(Refusal::kUnlistedTopic), Fault::kUnavailable);
  EXPECT_EQ(FaultOf(Refusal::kCertificateName), Fault::kUnavailable);
  EXPECT_EQ(FaultOf(Refusal::kCertificateKey), Fault::kUnavailable);
  EXPECT_EQ(FaultOf(Refusal::kCertificateEnded), Fault::kUnavailable);
  EXPECT_EQ(FaultOf(Refusal::kCertificateFetchFailed), Fault::kUnavailable);
  EXPECT_EQ(FaultOf(Refusal::kBodyTooLarge), Fault::kTooLarge);
  EXPECT_EQ(FaultOf(Refusal::kFieldForm), Fault::kMalformed);
}

TEST(Refusal, ShowsForeignTextAsPlainCharactersOnly) {
  EXPECT_EQ(Printable("sns.amazonaws.com\n\x1b[31m\xC3\xA9"), "sns.amazonaws.com??[31m??");
  EXPECT_EQ(Printable(std::string(1000, 'x')).size(), 120);
}

}  // namespace
}  // namespace mailtrail::ingest::sns
