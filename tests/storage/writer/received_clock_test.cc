#include "storage/writer/received_clock.h"

#include <algorithm>
#include <random>

#include "gtest/gtest.h"
#include "storage/writer/limits.h"
#include "tests/support/fake_clock.h"

namespace mailtrail::writer {
namespace {

constexpr UnixMillis kStart = test::FakeClock::kStart;
constexpr std::int64_t kDriftMax = kClockDriftSecondsMax * kMillisPerSecond;

UnixMillis After(std::int64_t millis) { return {kStart.value + millis}; }

TEST(ReceivedClock, TakesTheWallClockAsItIsAtTheStart) {
  const test::FakeClock clock;
  ReceivedClock received(clock, {});
  EXPECT_EQ(received.Now(), kStart);
}

TEST(ReceivedClock, NeverGivesWhatLiesBeforeTheLastRecord) {
  test::FakeClock clock;
  ReceivedClock received(clock, After(5'000));
  EXPECT_EQ(received.Now(), After(5'000));
  clock.Advance(6'000);
  EXPECT_EQ(received.Now(), After(6'000));
}

TEST(ReceivedClock, StandsStillWhileTheWallClockIsSetBackALittle) {
  test::FakeClock clock;
  ReceivedClock received(clock, {});
  clock.Advance(10'000);
  EXPECT_EQ(received.Now(), After(10'000));
  clock.SetNow(After(7'000));
  EXPECT_EQ(received.Now(), After(10'000));
  clock.Advance(4'000);
  EXPECT_EQ(received.Now(), After(11'000));
  EXPECT_FALSE(received.distrusts_wall_clock());
}

TEST(ReceivedClock, FollowsTheWallClockUpToTheLimitAndNotBeyond) {
  for (const std::int64_t jump : {kDriftMax, -kDriftMax}) {
    test::FakeClock clock;
    ReceivedClock received(clock, {});
    EXPECT_EQ(received.Now(), kStart);
    clock.SetNow(After(jump));
    EXPECT_EQ(received.Now(), After(std::max<std::int64_t>(jump, 0)));
    EXPECT_FALSE(received.distrusts_wall_clock()) << jump;
    clock.SetNow(After(jump + (jump > 0 ? 1 : -1)));
    (void)received.Now();
    EXPECT_TRUE(received.distrusts_wall_clock()) << jump;
  }
}

TEST(ReceivedClock, RunsOnByTheSteadyClockAfterAJump) {
  for (const std::int64_t jump : {kMillisPerDay, -kMillisPerDay}) {
    test::FakeClock clock;
    ReceivedClock received(clock, {});
    clock.Advance(1'000);
    clock.SetNow(After(jump));
    EXPECT_EQ(received.Now(), After(1'000));
    clock.Advance(500);
    EXPECT_EQ(received.Now(), After(1'500));
    clock.SetNow(After(1'500));
    EXPECT_TRUE(received.distrusts_wall_clock()) << "until a restart, even if it is right again";
    clock.SetNow(After(20'000));
    EXPECT_EQ(received.Now(), After(1'500));
  }
}

TEST(ReceivedClock, TakesManySmallJumpsAsALargeOne) {
  test::FakeClock clock;
  ReceivedClock received(clock, {});
  for (int i = 1; i <= 3; ++i) {
    clock.SetNow(After(i * kDriftMax / 2));
    (void)received.Now();
  }
  EXPECT_TRUE(received.distrusts_wall_clock());
  EXPECT_EQ(received.Now(), After(kDriftMax));
}

TEST(ReceivedClock, NeverFallsWhateverTheWallClockDoes) {
  std::mt19937 random(1);
  for (int run = 0; run < 200; ++run) {
    test::FakeClock clock;
    ReceivedClock received(clock, {});
    UnixMillis last = received.Now();
    std::int64_t passed = 0;
    for (int i = 0; i < 50; ++i) {
      const std::int64_t step = static_cast<std::int64_t>(random() % 10'000);
      clock.Advance(step);
      passed += step;
      if (random() % 3 == 0) {
        const auto jump = static_cast<std::int64_t>(random() % 200'000) - 100'000;
        clock.SetNow({clock.Now().value + jump});
      }
      const UnixMillis now = received.Now();
      EXPECT_GE(now, last);
      EXPECT_LE(now.value, kStart.value + passed + kDriftMax)
          << "never further ahead than the limit";
      last = now;
    }
  }
}

TEST(ReceivedClock, StaysWithinWhatARecordCanHold) {
  const test::FakeClock far({kUnixMillisMax.value + 10});
  EXPECT_EQ(ReceivedClock(far, {}).Now(), kUnixMillisMax);
  const test::FakeClock early({-5});
  EXPECT_EQ(ReceivedClock(early, {}).Now(), UnixMillis{0});
}

}  // namespace
}  // namespace mailtrail::writer
