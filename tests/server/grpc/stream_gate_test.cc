#include "server/grpc/stream_gate.h"

#include <atomic>
#include <random>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace mailtrail::server::wire {
namespace {

using Action = StreamGate::Action;

TEST(StreamGate, PumpsOnceForManyWakes) {
  StreamGate gate;
  EXPECT_EQ(gate.Wake(), Action::kPump);
  EXPECT_EQ(gate.Wake(), Action::kNone);
  EXPECT_EQ(gate.Wake(), Action::kNone);
  EXPECT_EQ(gate.PumpIdle(), Action::kPump);  // For what came meanwhile.
  EXPECT_EQ(gate.PumpIdle(), Action::kNone);
  EXPECT_EQ(gate.Wake(), Action::kPump);
}

TEST(StreamGate, PumpsAgainAfterAWrite) {
  StreamGate gate;
  EXPECT_EQ(gate.Wake(), Action::kPump);
  EXPECT_EQ(gate.Written(true), Action::kPump);
  EXPECT_EQ(gate.PumpIdle(), Action::kNone);
}

TEST(StreamGate, FinishesAtOnceWhenNothingIsGoingOn) {
  StreamGate gate;
  EXPECT_EQ(gate.End(absl::UnavailableError("draining")), Action::kFinish);
  EXPECT_EQ(gate.outcome(), absl::UnavailableError("draining"));
  EXPECT_EQ(gate.End(absl::CancelledError("again")), Action::kNone);
  EXPECT_EQ(gate.Wake(), Action::kNone);
  EXPECT_EQ(gate.outcome(), absl::UnavailableError("draining"));
}

TEST(StreamGate, NeverFinishesBesidePumpOrWrite) {
  StreamGate gate;
  EXPECT_EQ(gate.Wake(), Action::kPump);
  EXPECT_EQ(gate.End(absl::UnavailableError("draining")), Action::kNone);
  EXPECT_EQ(gate.Written(true), Action::kFinish);
  StreamGate other;
  EXPECT_EQ(other.Wake(), Action::kPump);
  EXPECT_EQ(other.End(absl::UnavailableError("draining")), Action::kNone);
  EXPECT_EQ(other.PumpIdle(), Action::kFinish);
}

TEST(StreamGate, AFailedWriteEndsTheStream) {
  StreamGate gate;
  EXPECT_EQ(gate.Wake(), Action::kPump);
  EXPECT_EQ(gate.Written(false), Action::kFinish);
  EXPECT_EQ(gate.outcome().code(), absl::StatusCode::kCancelled);
}

TEST(StreamGate, ThePumpMayEndItWithOk) {
  StreamGate gate;
  EXPECT_EQ(gate.Wake(), Action::kPump);
  EXPECT_EQ(gate.PumpEnded(absl::OkStatus()), Action::kFinish);
  EXPECT_TRUE(gate.outcome().ok());
}

// Wakers, an ender and a pump on threads of their own: what holds is that pumps never overlap and
// that there is one finish, last of all.
TEST(StreamGate, HoldsItsRulesUnderRaces) {
  for (unsigned round = 0; round < 200; ++round) {
    StreamGate gate;
    std::atomic<int> pumping = 0;
    std::atomic<int> finished = 0;
    // Does what the gate says until it says nothing, as pumps and reactions do in turns.
    const auto act = [&](Action action, unsigned seed) {
      std::minstd_rand random(seed);
      while (action != Action::kNone) {
        if (action == Action::kFinish) {
          EXPECT_EQ(pumping.load(), 0);
          EXPECT_EQ(finished.fetch_add(1), 0);
          return;
        }
        EXPECT_EQ(pumping.fetch_add(1), 0);
        EXPECT_EQ(finished.load(), 0);
        pumping.fetch_sub(1);
        action = random() % 2 == 0 ? gate.PumpIdle() : gate.Written(true);
      }
    };
    std::vector<std::thread> threads;
    for (unsigned waker = 0; waker < 3; ++waker) {
      threads.emplace_back([&, waker] {
        for (unsigned i = 0; i < 20; ++i) act(gate.Wake(), round * 100 + waker * 20 + i + 1);
      });
    }
    threads.emplace_back([&] { act(gate.End(absl::UnavailableError("draining")), round + 1); });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(finished.load(), 1);
  }
}

}  // namespace
}  // namespace mailtrail::server::wire
