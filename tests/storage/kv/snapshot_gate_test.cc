#include "storage/kv/snapshot_gate.h"

#include <atomic>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace mailtrail::kv {
namespace {

TEST(SnapshotGate, LetsNobodyInWhileClosed) {
  SnapshotGate gate;
  EXPECT_NE(gate.TryEnter(), nullptr);
  gate.CloseAndDrain();
  EXPECT_EQ(gate.TryEnter(), nullptr);
  gate.CloseAndDrain();
  gate.Open();
  EXPECT_NE(gate.TryEnter(), nullptr);
}

TEST(SnapshotGate, NobodyIsInsideOnceItIsDrained) {
  SnapshotGate gate;
  std::atomic<bool> stop = false;
  std::atomic<int> entered = 0;
  int guarded = 0;  // Written outside, read inside: a race would be one in the gate.
  std::vector<std::jthread> visitors;
  for (int t = 0; t < 3; ++t) {
    visitors.emplace_back([&] {
      int last = 0;
      while (!stop) {
        const SnapshotGate::Pass pass = gate.TryEnter();
        if (pass == nullptr) {
          std::this_thread::yield();
          continue;
        }
        EXPECT_GE(guarded, last);
        last = guarded;
        entered.fetch_add(1);
      }
    });
  }
  for (int round = 0; round < 100 || entered < 300; ++round) {
    gate.CloseAndDrain();
    ++guarded;
    gate.Open();
    std::this_thread::yield();
  }
  stop = true;
}

}  // namespace
}  // namespace mailtrail::kv
