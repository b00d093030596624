// What a kill, a torn write and a damaged disk leave behind. The files are made by another process,
// which ends without closing its store.

#include <csignal>
#include <filesystem>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/codec.h"
#include "storage/kv/rocks/open.h"
#include "tests/support/child_process.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::kv::rocks {
namespace {

namespace fs = std::filesystem;
using test::ChildProcess;
using test::ReadFile;
using test::StatusIs;
using test::WriteFile;
using ::testing::HasSubstr;

const std::string kChild = MAILTRAIL_BINARY_DIR "/bin/kv_rocks_child";

class RocksCrash : public testing::Test {
 protected:
  [[nodiscard]] absl::StatusOr<std::unique_ptr<Store>> Open() const {
    return rocks::Open({.folder = store_}, NoLogger(), NoMetrics());
  }

  // Leaves a store with `count` synced batches, all of them in the log.
  void WriteAndDie(int count) const {
    ChildProcess child(kChild, {store_.string(), "write", std::to_string(count)});
    ASSERT_EQ(child.Wait(), 0);
  }

  // The number of batches that are there: each whole, none missing before the last.
  [[nodiscard]] static int CountBatches(Store& store) {
    const auto snapshot = store.TakeSnapshot();
    EXPECT_OK(snapshot);
    const auto events = (*snapshot)->NewWalk(FamilyId::kEvents, {}, Direction::kForward);
    const auto postings = (*snapshot)->NewWalk(FamilyId::kPostings, {}, Direction::kForward);
    int count = 0;
    postings->SeekToFirst();
    for (events->SeekToFirst(); events->Valid(); events->Next(), postings->Next()) {
      EXPECT_EQ(Reader(events->key()).U64(), static_cast<std::uint64_t>(count)) << "a hole";
      EXPECT_TRUE(postings->Valid() && postings->key().ends_with(events->key())) << "half a batch";
      ++count;
    }
    EXPECT_FALSE(postings->Valid()) << "half a batch";
    EXPECT_OK(events->status());
    EXPECT_OK(postings->status());
    return count;
  }

  // The file with this extension that has the most bytes.
  [[nodiscard]] fs::path LargestFile(std::string_view extension) const {
    fs::path largest;
    for (const auto& entry : fs::directory_iterator(store_)) {
      if (entry.path().extension() != extension) continue;
      if (largest.empty() || entry.file_size() > fs::file_size(largest)) largest = entry.path();
    }
    EXPECT_FALSE(largest.empty());
    return largest;
  }

  const test::TempDir folder_;
  const fs::path store_ = folder_.path() / "store";
};

TEST_F(RocksCrash, KeepsEverySyncedBatchWhenKilled) {
  int synced = 0;
  for (int round = 0; round < 3; ++round) {
    ChildProcess child(kChild, {store_.string(), "write", "1000000"});
    synced = 0;
    while (synced < 100) {
      const auto line = child.ReadLine();
      ASSERT_TRUE(line.has_value()) << "the child ended by itself";
      synced = std::stoi(*line) + 1;
    }
    child.Signal(SIGKILL);
    EXPECT_EQ(child.Wait(), 128 + SIGKILL);
    while (const auto line = child.ReadLine()) synced = std::stoi(*line) + 1;
    MT_ASSERT_OK_AND_ASSIGN(const auto store, Open());
    EXPECT_GE(CountBatches(*store), synced);
  }
}

// What was being written when the power went was never acknowledged.
TEST_F(RocksCrash, OpensWithATornTail) {
  WriteAndDie(100);
  const fs::path log = LargestFile(".log");
  const std::string bytes = ReadFile(log);
  const fs::path kept = folder_.path() / "kept";
  fs::copy(store_, kept, fs::copy_options::recursive);
  for (const std::size_t torn : {1U, 7U, 8U, 100U, 250U, 300U, 1'000U}) {
    SCOPED_TRACE(torn);
    fs::remove_all(store_);
    fs::copy(kept, store_, fs::copy_options::recursive);
    WriteFile(log, std::string_view(bytes).substr(0, bytes.size() - torn));
    MT_ASSERT_OK_AND_ASSIGN(const auto store, Open());
    const int count = CountBatches(*store);
    EXPECT_LT(count, 100);
    EXPECT_GE(count, 100 - 1 - static_cast<int>(torn / 250));
    Batch batch;
    batch.Put(FamilyId::kMeta, "life", "goes on");
    EXPECT_OK(store->Write(batch, Durability::kSynced));
    EXPECT_OK(store->Reopen());
  }
}

// RocksDB's default would open and drop every acknowledged batch behind the damage.
TEST_F(RocksCrash, RefusesADamagedLogAndDropsNothing) {
  WriteAndDie(300);
  const fs::path log = LargestFile(".log");
  const std::string bytes = ReadFile(log);
  for (const int percent : {5, 20, 50, 80}) {
    SCOPED_TRACE(percent);
    std::string damaged = bytes;
    damaged[bytes.size() * static_cast<std::size_t>(percent) / 100] ^= 0x10;
    WriteFile(log, damaged);
    EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(store_.string())));
    EXPECT_EQ(ReadFile(log), damaged) << "evidence stays as it was found";
  }
  WriteFile(log, bytes);
  MT_ASSERT_OK_AND_ASSIGN(const auto store, Open());
  EXPECT_EQ(CountBatches(*store), 300);
}

TEST_F(RocksCrash, AnswersNoDamagedBytes) {
  WriteAndDie(300);
  {
    MT_ASSERT_OK_AND_ASSIGN(const auto store, Open());
    ASSERT_OK(store->Compact(FamilyId::kEvents));
  }
  const fs::path table = LargestFile(".sst");
  std::string bytes = ReadFile(table);
  bytes[100] ^= 0x10;  // In the first block.
  WriteFile(table, bytes);

  MT_ASSERT_OK_AND_ASSIGN(const auto store, Open());
  MT_ASSERT_OK_AND_ASSIGN(const auto snapshot, store->TakeSnapshot());
  std::string first;
  AppendU64(first, 0);
  EXPECT_THAT(snapshot->Get(FamilyId::kEvents, first),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("events")));
  EXPECT_THAT(snapshot->MultiGet(FamilyId::kEvents, std::vector<std::string>{first}),
              StatusIs(absl::StatusCode::kDataLoss));
  const auto walk = snapshot->NewWalk(FamilyId::kEvents, {}, Direction::kForward);
  walk->SeekToFirst();
  EXPECT_FALSE(walk->Valid());
  EXPECT_THAT(walk->status(), StatusIs(absl::StatusCode::kDataLoss));
  std::string last;
  AppendU64(last, 299);
  EXPECT_OK(snapshot->Get(FamilyId::kEvents, last)) << "other blocks go on answering";
}

TEST_F(RocksCrash, RefusesAStoreThatHasLostItsListOfFiles) {
  WriteAndDie(10);
  const std::string current = ReadFile(store_ / "CURRENT");
  fs::remove(store_ / "CURRENT");
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("CURRENT")));
  WriteFile(store_ / "CURRENT", current);
  MT_ASSERT_OK_AND_ASSIGN(const auto store, Open());
  EXPECT_EQ(CountBatches(*store), 10);
}

TEST_F(RocksCrash, AStoreOpenInAnotherProcessIsLeftAlone) {
  ChildProcess child(kChild, {store_.string(), "hold"});
  ASSERT_TRUE(child.ReadLine().has_value());
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kFailedPrecondition,
                               "the store in " + store_.string() +
                                   " is open in another process: stop that one, or use another "
                                   "folder"));
  child.Signal(SIGKILL);
  child.Wait();
  EXPECT_OK(Open()) << "a lock ends with its process";
}

}  // namespace
}  // namespace mailtrail::kv::rocks
