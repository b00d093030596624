#include "storage/base/time.h"

#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace mailtrail {
namespace {

using ::testing::Optional;

constexpr UnixMillis kTen{1'795'168'800'000};  // 2026-11-20T10:00:00Z

TEST(ParseTime, ReadsTheFormsOfSesAndIsps) {
  const std::pair<std::string_view, std::int64_t> cases[] = {
      {"2026-11-20T10:00:00Z", 0},         {"2026-11-20T10:00:00.123Z", 123},
      {"2026-11-20t10:00:00.123z", 123},   {"2026-11-20T10:00:00.1Z", 100},
      {"2026-11-20T10:00:00.12Z", 120},    {"2026-11-20T10:00:00.123999999Z", 123},
      {"2026-11-20T10:00:00+00:00", 0},    {"2026-11-20T12:00:00+02:00", 0},
      {"2026-11-20T04:30:00.007-0530", 7}, {"2026-11-20T10:00:00 +0000", 0},
      {"2026-11-21T00:30:00+14:30", 0},
  };
  for (const auto& [text, millis] : cases) {
    EXPECT_THAT(ParseTime(text), Optional(UnixMillis{kTen.value + millis})) << text;
  }
}

TEST(ParseTime, ReadsALeapSecondAsTheEndOfItsMinute) {
  EXPECT_THAT(ParseTime("2016-12-31T23:59:60Z"), Optional(UnixMillis{1'483'228'799'999}));
  EXPECT_THAT(ParseTime("2016-12-31T23:59:60.5Z"), Optional(UnixMillis{1'483'228'799'999}));
}

TEST(ParseTime, RefusesEverythingElse) {
  for (const std::string_view text : {"",
                                      "2026",
                                      "2026-11-20",
                                      "2026-11-20T10:00Z",
                                      "2026-11-20T10:00:00",
                                      "2026-11-20T10:00:00.Z",
                                      "2026-11-20T10:00:00.1234567890Z",
                                      "2026-11-20T10:00:00ZZ",
                                      "2026-11-20T10:00:00Z ",
                                      " 2026-11-20T10:00:00Z",
                                      "2026-11-20 10:00:00Z",
                                      "2026-11-20T10:00:00  +0000",
                                      "2026-11-20T10:00:00+2",
                                      "2026-11-20T10:00:00+24:00",
                                      "2026-11-20T10:00:00+00:60",
                                      "2026-11-20T24:00:00Z",
                                      "2026-11-20T10:60:00Z",
                                      "2026-11-20T10:00:61Z",
                                      "2026-13-20T10:00:00Z",
                                      "2026-00-20T10:00:00Z",
                                      "2026-11-31T10:00:00Z",
                                      "2026-11-00T10:00:00Z",
                                      "2026-02-29T10:00:00Z",
                                      "2100-02-29T00:00:00Z",
                                      "+026-11-20T10:00:00Z",
                                      "2026-1-20T10:00:00Z",
                                      "26-11-20T10:00:00Z",
                                      "1969-12-31T23:59:59Z",
                                      "1970-01-01T00:00:00+00:01",
                                      "2026-11-20T10:00:00,5Z",
                                      "20261120T100000Z"}) {
    EXPECT_EQ(ParseTime(text), std::nullopt) << text;
  }
}

TEST(ParseTime, KnowsLeapYears) {
  EXPECT_TRUE(ParseTime("2024-02-29T00:00:00Z").has_value());
  EXPECT_TRUE(ParseTime("2000-02-29T00:00:00Z").has_value());
}

TEST(FormatTime, AlwaysWritesThreeDigitsAndZ) {
  EXPECT_EQ(FormatTime(kTen), "2026-11-20T10:00:00.000Z");
  EXPECT_EQ(FormatTime({0}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(FormatTime({1'001}), "1970-01-01T00:00:01.001Z");
  EXPECT_EQ(FormatTime(kUnixMillisMax), "10889-08-02T05:31:50.655Z");
}

TEST(Time, RoundTripsToTheYear9999) {
  std::mt19937_64 rng(5);
  for (int i = 0; i < 100'000; ++i) {
    const UnixMillis time{static_cast<std::int64_t>(rng() % 253'402'300'800'000)};
    ASSERT_THAT(ParseTime(FormatTime(time)), Optional(time)) << FormatTime(time);
  }
}

TEST(Time, CountsSecondsMinutesAndHours) {
  const UnixMillis time{kTen.value + 2 * kMillisPerHour + 3 * kMillisPerMinute + 4'005};
  EXPECT_EQ(SecondOf(time), 1'795'168'800U + 7'384U);
  EXPECT_EQ(MinuteOf(time), 1'795'168'800U / 60 + 123U);
  EXPECT_EQ(HourOf(time), 1'795'168'800U / 3'600 + 2U);
}

}  // namespace
}  // namespace mailtrail
