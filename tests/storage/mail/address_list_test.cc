#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/mail/normal_form.h"

namespace mailtrail::mail {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(AddressesIn, SplitsOneStringWithSeveralAddresses) {
  EXPECT_THAT(
      AddressesIn("Jane Doe <jane@example.com>, Mary Doe <MARY@example.com>,bo@example.com"),
      ElementsAre("jane@example.com", "mary@example.com", "bo@example.com"));
}

TEST(AddressesIn, KeepsCommasOfQuotedNamesCommentsAndLiteralsTogether) {
  EXPECT_THAT(
      AddressesIn("\"Doe, \\\"J,\\\" Jane\" <jane@example.com>, b@example.com (Bo, (the) one), "
                  "c@[IPv6:2001:db8::1]"),
      ElementsAre("jane@example.com", "b@example.com", "c@[ipv6:2001:db8::1]"));
}

TEST(AddressesIn, ReadsGroups) {
  EXPECT_THAT(AddressesIn("Team: a@example.com, B <b@example.com>; c@example.com"),
              ElementsAre("a@example.com", "b@example.com", "c@example.com"));
  EXPECT_THAT(AddressesIn("undisclosed-recipients:;"), IsEmpty());
}

TEST(AddressesIn, FindsAddressesBehindQuotesAndCommentsThatDoNotPair) {
  EXPECT_THAT(AddressesIn("\"Ann <ann@example.com>, bo@example.com"),
              ElementsAre("ann@example.com", "bo@example.com"));
  EXPECT_THAT(AddressesIn("Ann :( <ann@example.com>, bo@example.com"),
              ElementsAre("ann@example.com", "bo@example.com"));
}

TEST(AddressesIn, DropsWhatIsEmpty) {
  EXPECT_THAT(AddressesIn(""), IsEmpty());
  EXPECT_THAT(AddressesIn(" , <>, a@example.com,"), ElementsAre("a@example.com"));
}

}  // namespace
}  // namespace mailtrail::mail
