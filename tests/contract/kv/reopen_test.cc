#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/contract/kv/backends.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::kv {
namespace {

using test::IsOkAndHolds;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::Pair;

constexpr FamilyId kFamily = FamilyId::kEvents;

using KvReopen = KvContract;

TEST_P(KvReopen, KeepsWhatWasSyncedAndAllBeforeIt) {
  Batch batch;
  batch.Put(kFamily, "a", "buffered before a sync");
  ASSERT_OK(store().Write(batch, Durability::kBuffered));
  Put(kFamily, "b", "synced");
  ASSERT_OK(store().Reopen());
  EXPECT_THAT(Rows(kFamily), ElementsAre(Pair("a", "buffered before a sync"), Pair("b", "synced")));
}

TEST_P(KvReopen, MayDropWhatWasNotSynced) {
  Put(kFamily, "a", "old");
  Put(kFamily, "b", "old");
  Batch batch;
  batch.Put(kFamily, "a", "new");
  batch.Delete(kFamily, "b");
  batch.Put(kFamily, "c", "new");
  ASSERT_OK(store().Write(batch, Durability::kBuffered));
  ASSERT_THAT(Rows(kFamily), ElementsAre(Pair("a", "new"), Pair("c", "new")));
  ASSERT_OK(store().Reopen());
  if (GetParam().keeps_buffered) {
    EXPECT_THAT(Rows(kFamily), ElementsAre(Pair("a", "new"), Pair("c", "new")));
  } else {
    EXPECT_THAT(Rows(kFamily), ElementsAre(Pair("a", "old"), Pair("b", "old")));
  }
}

TEST_P(KvReopen, AnEmptySyncedBatchSyncsWhatWasBuffered) {
  Batch batch;
  batch.Put(kFamily, "a", "buffered");
  ASSERT_OK(store().Write(batch, Durability::kBuffered));
  ASSERT_OK(store().Write({}, Durability::kSynced));
  ASSERT_OK(store().Reopen());
  EXPECT_THAT(Rows(kFamily), ElementsAre(Pair("a", "buffered")));
}

TEST_P(KvReopen, WritesGoOnAfterwards) {
  Put(kFamily, "a", "1");
  for (int i = 0; i < 3; ++i) {
    ASSERT_OK(store().Reopen());
    Put(kFamily, "a", std::to_string(i));
    EXPECT_THAT(Rows(kFamily), ElementsAre(Pair("a", std::to_string(i))));
  }
}

TEST_P(KvReopen, TurnsNewSnapshotsAwayAndWaitsForTheHeldOne) {
  Put(kFamily, "a", "1");
  MT_ASSERT_OK_AND_ASSIGN(auto held, store().TakeSnapshot());
  std::atomic<bool> done = false;
  std::jthread reopening([&] {
    EXPECT_OK(store().Reopen());
    done = true;
  });
  // The reopening has begun as soon as one snapshot is refused.
  absl::StatusOr<std::unique_ptr<const Snapshot>> refused = store().TakeSnapshot();
  while (refused.ok()) {
    refused = nullptr;
    std::this_thread::yield();
    refused = store().TakeSnapshot();
  }
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(held->Get(kFamily, "a"), IsOkAndHolds(std::string("1"))) << "readers finish in peace";
  EXPECT_FALSE(done) << "while a snapshot is out";
  held.reset();
  reopening.join();
  EXPECT_OK(store().TakeSnapshot());
}

// Every batch writes one value under two keys of two families, so a reader can tell a torn one.
// What he reads must never go back either: each batch is synced.
TEST_P(KvReopen, ReadersSeeWholeBatchesOrUnavailable) {
  const auto write = [&](int n) {
    Batch batch;
    batch.Put(FamilyId::kEvents, "n", std::to_string(n));
    batch.Put(FamilyId::kListings, "n", std::to_string(n));
    ASSERT_OK(store().Write(batch, Durability::kSynced));
  };
  write(0);
  std::atomic<bool> stop = false;
  std::atomic<int> reads = 0;
  std::vector<std::jthread> readers;
  for (int t = 0; t < 3; ++t) {
    readers.emplace_back([&] {
      int last = 0;
      while (!stop) {
        const auto snapshot = store().TakeSnapshot();
        if (!snapshot.ok()) {
          EXPECT_THAT(snapshot, StatusIs(absl::StatusCode::kUnavailable));
          std::this_thread::yield();
          continue;
        }
        const auto walk = (*snapshot)->NewWalk(FamilyId::kEvents, {}, Direction::kBackward);
        walk->SeekToFirst();
        if (!walk->Valid()) {
          ADD_FAILURE() << "a row is gone: " << walk->status();
          return;
        }
        const int n = std::stoi(std::string(walk->value()));
        EXPECT_THAT((*snapshot)->Get(FamilyId::kListings, "n"), IsOkAndHolds(std::to_string(n)));
        EXPECT_GE(n, last);
        last = n;
        reads.fetch_add(1);
      }
    });
  }
  // Long work on the whole store is called off, or done before.
  std::jthread compacting([&] {
    while (!stop) {
      const absl::Status status = store().Compact(FamilyId::kEvents);
      EXPECT_TRUE(status.ok() || absl::IsUnavailable(status)) << status;
      std::this_thread::yield();
    }
  });
  // Readers must have been at work, however slow the machine: go on until they have read.
  int n = 0;
  for (int reopenings = 0; reopenings < 20 || reads < 200; ++reopenings) {
    for (int i = 0; i < 20; ++i) write(++n);
    ASSERT_OK(store().Reopen());
  }
  stop = true;
}

INSTANTIATE_TEST_SUITE_P(All, KvReopen, testing::ValuesIn(Backends()), BackendName);

}  // namespace
}  // namespace mailtrail::kv
