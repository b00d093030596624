#include "clients/cpp/backoff.h"

#include <algorithm>
#include <set>

#include "gtest/gtest.h"

namespace mailtrail::client {
namespace {

TEST(Backoff, WaitsBetweenHalfAndTheWholeOfATimeThatDoublesUpToABound) {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    Backoff backoff(seed);
    std::int64_t whole = kBackoffFirstMs;
    for (int attempt = 0; attempt < 20; ++attempt) {
      const std::int64_t wait = backoff.NextMs();
      EXPECT_GE(wait, whole / 2) << "attempt " << attempt;
      EXPECT_LE(wait, whole) << "attempt " << attempt;
      whole = std::min(2 * whole, kBackoffLastMs);
    }
    EXPECT_EQ(whole, kBackoffLastMs) << "the bound is reached";
  }
}

TEST(Backoff, SpreadsClientsThatBeganTogether) {
  std::set<std::int64_t> waits;
  for (std::uint32_t seed = 0; seed < 1'000; ++seed) waits.insert(Backoff(seed).NextMs());
  EXPECT_GT(waits.size(), 45U) << "of the 51 milliseconds that there are";
}

TEST(Backoff, StartsOverWhenSomethingWasAchieved) {
  Backoff backoff(7);
  for (int i = 0; i < 10; ++i) (void)backoff.NextMs();
  backoff.Reset();
  EXPECT_LE(backoff.NextMs(), kBackoffFirstMs);
}

}  // namespace
}  // namespace mailtrail::client
