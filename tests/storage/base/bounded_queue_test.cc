#include "storage/base/bounded_queue.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <numeric>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace mailtrail {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(BoundedQueue, RefusesWhenFullOfItems) {
  BoundedQueue<int> queue(2, 100);
  EXPECT_TRUE(queue.TryPush(1, 0));
  EXPECT_TRUE(queue.TryPush(2, 0));
  EXPECT_FALSE(queue.TryPush(3, 0));
  EXPECT_EQ(queue.size(), 2U);
  EXPECT_THAT(queue.PopBatch(8), ElementsAre(1, 2));
}

TEST(BoundedQueue, RefusesWhenFullOfBytesButNeverWhenEmpty) {
  BoundedQueue<int> queue(10, 100);
  EXPECT_TRUE(queue.TryPush(1, 500)) << "or an item larger than the bound would wait for ever";
  EXPECT_FALSE(queue.TryPush(2, 1));
  EXPECT_THAT(queue.PopBatch(1), ElementsAre(1));
  EXPECT_EQ(queue.bytes(), 0U);
  EXPECT_TRUE(queue.TryPush(3, 60));
  EXPECT_TRUE(queue.TryPush(4, 40));
  EXPECT_FALSE(queue.TryPush(5, 1));
  EXPECT_EQ(queue.bytes(), 100U);
}

TEST(BoundedQueue, LeavesARefusedItemAlone) {
  BoundedQueue<std::unique_ptr<int>> queue(1, 100);
  ASSERT_TRUE(queue.TryPush(std::make_unique<int>(1), 1));
  auto second = std::make_unique<int>(2);
  EXPECT_FALSE(queue.TryPush(std::move(second), 1));
  ASSERT_NE(second, nullptr);  // NOLINT(bugprone-use-after-move): that is what is tested.
  EXPECT_EQ(*second, 2);
}

TEST(BoundedQueue, TakesNoMoreThanABatch) {
  BoundedQueue<int> queue(4, 100);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(queue.TryPush(int{i}, 1));
  EXPECT_THAT(queue.PopBatch(2), ElementsAre(0, 1));
  EXPECT_THAT(queue.PopBatch(2), ElementsAre(2));
}

TEST(BoundedQueue, DrainsAfterCloseAndThenReportsTheEnd) {
  BoundedQueue<int> queue(4, 100);
  ASSERT_TRUE(queue.TryPush(1, 1));
  EXPECT_FALSE(queue.drained());
  queue.Close();
  EXPECT_FALSE(queue.TryPush(2, 1));
  EXPECT_FALSE(queue.drained());
  EXPECT_THAT(queue.PopBatch(8), ElementsAre(1));
  EXPECT_TRUE(queue.drained());
  EXPECT_THAT(queue.PopBatch(8), IsEmpty());
}

TEST(BoundedQueue, WaitsNoLongerThanAsked) {
  BoundedQueue<int> queue(4, 100);
  EXPECT_THAT(queue.PopBatch(8, std::chrono::milliseconds(1)), IsEmpty());
  EXPECT_FALSE(queue.drained());
}

TEST(BoundedQueue, WakesItsConsumerOnceWithoutAnItem) {
  BoundedQueue<int> queue(4, 100);
  queue.Wake();
  EXPECT_THAT(queue.PopBatch(8), IsEmpty()) << "a wake that came before the wait is kept";
  ASSERT_TRUE(queue.TryPush(1, 1));
  queue.Wake();
  EXPECT_THAT(queue.PopBatch(8), ElementsAre(1));
  std::jthread waker([&] { queue.Wake(); });
  EXPECT_THAT(queue.PopBatch(8), IsEmpty());
}

TEST(BoundedQueue, LosesNothingBetweenThreads) {
  constexpr int kItems = 20'000;
  BoundedQueue<int> queue(16, 1'000);
  std::int64_t sum = 0;
  std::jthread consumer([&] {
    for (auto batch = queue.PopBatch(8); !batch.empty(); batch = queue.PopBatch(8)) {
      sum = std::accumulate(batch.begin(), batch.end(), sum);
    }
  });
  for (int i = 0; i < kItems; ++i) {
    while (!queue.TryPush(int{i}, 100)) std::this_thread::yield();
  }
  queue.Close();
  consumer.join();
  EXPECT_EQ(sum, std::int64_t{kItems} * (kItems - 1) / 2);
}

}  // namespace
}  // namespace mailtrail
