#include "server/grpc/pumps.h"

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/fake_clock.h"

namespace mailtrail::server::wire {
namespace {

using ::testing::ElementsAre;

// Keeps one pump busy until it is let go.
class Plug {
 public:
  explicit Plug(Pumps& pumps) {
    std::promise<void> runs;
    std::future<void> running = runs.get_future();
    pumps.Post([runs = std::move(runs), wait = pulled_.get_future()]() mutable {
      runs.set_value();
      wait.wait();
    });
    running.wait();
  }
  void Pull() { pulled_.set_value(); }

 private:
  std::promise<void> pulled_;
};

TEST(Pumps, RunJobsInTheirOrder) {
  const test::FakeClock clock;
  std::vector<int> order;
  Pumps pumps(1, 10, clock);
  for (int i = 1; i <= 3; ++i) pumps.Post([&order, i] { order.push_back(i); });
  pumps.Stop();  // Runs what was posted.
  EXPECT_THAT(order, ElementsAre(1, 2, 3));
}

TEST(Pumps, RefuseMoreThanMayWait) {
  const test::FakeClock clock;
  Pumps pumps(1, 2, clock);
  Plug plug(pumps);
  EXPECT_TRUE(pumps.TryPost([] {}));
  EXPECT_TRUE(pumps.TryPost([] {}));
  EXPECT_FALSE(pumps.TryPost([] {}));
  bool ran = false;
  pumps.Post([&ran] { ran = true; });  // A stream's job is always taken.
  plug.Pull();
  pumps.Stop();
  EXPECT_TRUE(ran);
}

TEST(Pumps, WaitForTheTime) {
  test::FakeClock clock;
  Pumps pumps(1, 10, clock);
  std::vector<std::string> order;
  std::promise<void> both;
  pumps.PostAt(200, [&] {
    order.emplace_back("200");
    both.set_value();
  });
  pumps.PostAt(100, [&order] { order.emplace_back("100"); });
  pumps.Post([&order] { order.emplace_back("now"); });
  std::promise<void> early;
  pumps.Post([&early] { early.set_value(); });
  early.get_future().wait();
  clock.Advance(200);
  pumps.Post([] {});  // A fake clock wakes nobody.
  both.get_future().wait();
  pumps.Stop();
  EXPECT_THAT(order, ElementsAre("now", "100", "200"));
}

TEST(Pumps, RunATimerByThemselvesWhenItsTimeHasCome) {
  Pumps pumps(2, 10, SystemClock());
  std::promise<void> rang;
  const std::int64_t due = SystemClock().SteadyMillis() + 30;
  pumps.PostAt(due, [&rang] { rang.set_value(); });
  rang.get_future().wait();
  EXPECT_GE(SystemClock().SteadyMillis(), due);
}

TEST(Pumps, DropWhatIsNotDueWhenTheyStop) {
  const test::FakeClock clock;
  auto held = std::make_shared<int>(1);
  Pumps pumps(2, 10, clock);
  pumps.PostAt(1'000'000, [held] { FAIL() << "not due"; });
  pumps.Stop();
  EXPECT_EQ(held.use_count(), 1);
}

TEST(Pumps, RunSeveralJobsAtATime) {
  const test::FakeClock clock;
  Pumps pumps(2, 10, clock);
  Plug plug(pumps);
  std::promise<void> other;
  pumps.Post([&other] { other.set_value(); });
  other.get_future().wait();  // While the plug is in.
  plug.Pull();
}

}  // namespace
}  // namespace mailtrail::server::wire
