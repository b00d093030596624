// The helpers that other tests trust.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/kv/memory/store.h"
#include "tests/support/child_process.h"
#include "tests/support/fake_logger.h"
#include "tests/support/fake_metrics.h"
#include "tests/support/faulty_store.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::test {
namespace {

using kv::Durability;
using kv::FamilyId;
using ::testing::ElementsAre;
using ::testing::Optional;

TEST(TempDir, IsGoneAtTheEnd) {
  std::filesystem::path path;
  {
    const TempDir folder;
    path = folder.path();
    WriteFile(path / "file", "text");
    EXPECT_EQ(ReadFile(path / "file"), "text");
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(ChildProcess, ShowsOutputAndExitCode) {
  ChildProcess child("/bin/sh", {"-c", "echo one; echo two; exit 3"});
  EXPECT_THAT(child.ReadLine(), Optional(std::string("one")));
  EXPECT_THAT(child.ReadLine(), Optional(std::string("two")));
  EXPECT_EQ(child.ReadLine(), std::nullopt);
  EXPECT_EQ(child.Wait(), 3);
}

TEST(ChildProcess, CanBeKilled) {
  ChildProcess child("/bin/sh", {"-c", "echo ready; exec tail -f /dev/null"});
  EXPECT_THAT(child.ReadLine(), Optional(std::string("ready")));
  child.Signal(9);
  EXPECT_EQ(child.Wait(), 128 + 9);
}

TEST(FakeMetrics, TellsNamesAndLabelsApart) {
  FakeMetrics metrics;
  metrics.GetCounter("a", "", {{"x", "1"}}).Increment();
  metrics.GetCounter("a", "", {{"x", "1"}}).Increment();
  metrics.GetGauge("b", "", {}).Set(5);
  EXPECT_EQ(metrics.Value("a", {{"x", "1"}}), 2);
  EXPECT_EQ(metrics.Value("b"), 5);
  EXPECT_FALSE(metrics.Has("a"));
}

TEST(FakeLogger, KeepsLines) {
  FakeLogger logger;
  logger.Write(LogLevel::kWarning, "push_refused", {{"reason", "too_large"}, {"bytes", "7"}});
  EXPECT_THAT(logger.Lines(), ElementsAre("warning push_refused reason=too_large bytes=7"));
}

class FaultyStoreTest : public testing::Test {
 protected:
  absl::Status Put(const std::string& key, Durability durability = Durability::kSynced) {
    kv::Batch batch;
    batch.Put(FamilyId::kEvents, key, "value");
    return store_.Write(batch, durability);
  }
  bool Has(const std::string& key) {
    return (*store_.inner().TakeSnapshot())->Get(FamilyId::kEvents, key).ok();
  }

  FaultyStore store_{std::make_unique<kv::memory::MemoryStore>()};
};

TEST_F(FaultyStoreTest, WritesDownWhatHappens) {
  ASSERT_OK(Put("a"));
  ASSERT_OK(Put("b", Durability::kBuffered));
  ASSERT_OK(store_.TakeSnapshot());
  store_.journal().Add("head");
  ASSERT_OK(store_.Reopen());
  EXPECT_THAT(store_.journal().Entries(),
              ElementsAre("write", "written", "sync", "write", "written", "snapshot", "head",
                          "reopen", "reopened"));
  EXPECT_FALSE(Has("b"));
}

TEST_F(FaultyStoreTest, FailsTheNthWriteBeforeOrAfterIt) {
  for (const auto when : {FaultyStore::When::kBefore, FaultyStore::When::kAfter}) {
    const std::string key = when == FaultyStore::When::kBefore ? "before" : "after";
    store_.FailWrite(2, when, absl::UnavailableError("disk"));
    EXPECT_OK(Put("first"));
    store_.journal().Clear();
    EXPECT_THAT(Put(key), StatusIs(absl::StatusCode::kUnavailable, "disk"));
    EXPECT_THAT(store_.journal().Entries(), ElementsAre("write", "failed"));
    EXPECT_EQ(Has(key), when == FaultyStore::When::kAfter);
    EXPECT_THAT(Put("next"), StatusIs(absl::StatusCode::kFailedPrecondition));
    ASSERT_OK(store_.Reopen());
    EXPECT_OK(Put("next"));
  }
}

TEST_F(FaultyStoreTest, FailsReopenings) {
  store_.FailReopen(1, absl::DataLossError("damaged"));
  EXPECT_THAT(store_.Reopen(), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(store_.TakeSnapshot(), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Put("a"), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_OK(store_.Reopen());
  EXPECT_OK(store_.TakeSnapshot());
  EXPECT_OK(Put("a"));
}

TEST_F(FaultyStoreTest, CallsTheHookBeforeTheWrite) {
  store_.SetWriteHook([this](const kv::Batch& batch, Durability durability) {
    EXPECT_EQ(durability, Durability::kSynced);
    store_.journal().Add(Cat("hook ", batch.row(0).key, Has("a") ? " late" : " in time"));
  });
  ASSERT_OK(Put("a"));
  EXPECT_THAT(store_.journal().Entries(),
              ElementsAre("write", "hook a in time", "written", "sync"));
}

}  // namespace
}  // namespace mailtrail::test
