#include "storage/base/duration.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace mailtrail {
namespace {

using ::testing::Optional;

TEST(Duration, ReadsWhatPeopleWrite) {
  EXPECT_THAT(ParseDurationMillis("250ms"), Optional(250));
  EXPECT_THAT(ParseDurationMillis("10s"), Optional(10'000));
  EXPECT_THAT(ParseDurationMillis("1h30m"), Optional(5'400'000));
  EXPECT_THAT(ParseDurationMillis("24h"), Optional(86'400'000));
  EXPECT_THAT(ParseDurationMillis("7d"), Optional(7 * 86'400'000));
  EXPECT_THAT(ParseDurationMillis("0s"), Optional(0));
}

TEST(Duration, RefusesWhatIsNone) {
  for (const char* text : {"", "0", "10", "d", "-1d", "1.5d", "1d2h", "-5s", "inf", "yesterday",
                           "10 s", "999999999d"}) {
    EXPECT_EQ(ParseDurationMillis(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace mailtrail
