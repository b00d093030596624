#include "clients/cli/time_flags.h"

#include <cstdlib>
#include <ctime>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::cli {
namespace {

using test::IsOkAndHolds;
using test::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// 2026-11-24T12:00:00Z.
constexpr UnixMillis kNow{1'795'521'600'000};

// In a zone, since what a machine's zone is must not matter. The tests of one process run one after
// another.
class TimeFlags : public testing::TestWithParam<const char*> {
 protected:
  TimeFlags() { SetZone(GetParam()); }
  ~TimeFlags() override { SetZone("UTC"); }

  static absl::StatusOr<UnixMillis> Parse(std::string_view text) {
    return ParseTimeFlag("--since", text, kNow);
  }
  static UnixMillis At(std::string_view text) { return ParseTime(text).value(); }

 private:
  static void SetZone(const char* zone) {
    setenv("TZ", zone, 1);  // NOLINT(concurrency-mt-unsafe): one thread.
    tzset();
  }
};

INSTANTIATE_TEST_SUITE_P(Zones, TimeFlags, testing::Values("UTC", "Asia/Tokyo", "America/Lima"));

TEST_P(TimeFlags, TakeATimeWithoutAZoneForUtc) {
  EXPECT_THAT(Parse("2026-11-24T09:00:00"), IsOkAndHolds(At("2026-11-24T09:00:00Z")));
  EXPECT_THAT(Parse("2026-11-24T09:00:00.250"), IsOkAndHolds(At("2026-11-24T09:00:00.250Z")));
}

TEST_P(TimeFlags, TakeADateForItsFirstMomentInUtc) {
  EXPECT_THAT(Parse("2026-11-24"), IsOkAndHolds(At("2026-11-24T00:00:00Z")));
}

TEST_P(TimeFlags, KeepToAZoneThatIsNamed) {
  EXPECT_THAT(Parse("2026-11-24T09:00:00Z"), IsOkAndHolds(At("2026-11-24T09:00:00Z")));
  EXPECT_THAT(Parse("2026-11-24T09:00:00+09:00"), IsOkAndHolds(At("2026-11-24T00:00:00Z")));
  EXPECT_THAT(Parse("2026-11-24T09:00:00-05:00"), IsOkAndHolds(At("2026-11-24T14:00:00Z")));
}

TEST_P(TimeFlags, CountBackFromNow) {
  EXPECT_THAT(Parse("24h"), IsOkAndHolds(At("2026-11-23T12:00:00Z")));
  EXPECT_THAT(Parse("7d"), IsOkAndHolds(At("2026-11-17T12:00:00Z")));
  EXPECT_THAT(Parse("90s"), IsOkAndHolds(At("2026-11-24T11:58:30Z")));
  EXPECT_THAT(Parse("36000d"), IsOkAndHolds(UnixMillis{0})) << "before there was time";
}

TEST_P(TimeFlags, ShowTimesInUtcWithZ) {
  EXPECT_EQ(ShowTime(ToTimestamp(At("2026-11-24T09:00:00.123Z"))), "2026-11-24T09:00:00.123Z");
  EXPECT_EQ(ShowTime({}), "-");
}

TEST(TimeFlagsText, RefuseWhatIsNoTimeInOneSentenceThatNamesFlagTextAndForm) {
  for (const std::string text : {"yesterday", "", "24", "-1h", "2026-13-01", "2026-02-30",
                                 "24/11/2026", "2026-11-24T25:00:00", "2026-11-24+09:00"}) {
    EXPECT_THAT(ParseTimeFlag("--until", text, kNow),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(HasSubstr("--until"), HasSubstr("'" + text + "'"),
                               HasSubstr("RFC 3339"), Not(HasSubstr("\n")))))
        << text;
  }
}

}  // namespace
}  // namespace mailtrail::cli
