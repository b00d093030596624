#include "storage/base/clock.h"

#include <chrono>

#include "gtest/gtest.h"
#include "tests/support/fake_clock.h"

namespace mailtrail {
namespace {

TEST(SystemClock, TellsTheWallClockInMilliseconds) {
  const auto seconds = [] {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count();
  };
  const std::int64_t before = seconds();
  const UnixMillis now = SystemClock().Now();
  EXPECT_GE(now.value, before * kMillisPerSecond);
  EXPECT_LT(now.value, (seconds() + 1) * kMillisPerSecond);
}

TEST(SystemClock, SteadyTimeNeverFalls) {
  std::int64_t last = SystemClock().SteadyMillis();
  EXPECT_GT(last, 0);
  for (int i = 0; i < 1'000; ++i) {
    const std::int64_t now = SystemClock().SteadyMillis();
    ASSERT_GE(now, last);
    last = now;
  }
}

TEST(FakeClock, MovesOnlyWhenTold) {
  test::FakeClock clock;
  EXPECT_EQ(FormatTime(clock.Now()), "2026-11-20T10:00:00.000Z");
  clock.Advance(1'500);
  EXPECT_EQ(clock.Now().value, test::FakeClock::kStart.value + 1'500);
  EXPECT_EQ(clock.SteadyMillis(), 1'500);
  clock.SetNow({7});
  clock.AdvanceSteady(10);
  EXPECT_EQ(clock.Now().value, 7);
  EXPECT_EQ(clock.SteadyMillis(), 1'510);
}

}  // namespace
}  // namespace mailtrail
