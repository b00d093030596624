// A write that fails. The failure is real: the process may not make files longer than a limit.

#include <sys/resource.h>

#include <csignal>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/kv/rocks/open.h"
#include "tests/support/fake_logger.h"
#include "tests/support/fake_metrics.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::kv::rocks {
namespace {

using test::IsOk;
using test::StatusIs;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

// Files of this process end at `bytes` for a scope.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    // Without a handler the signal would end the process; ignored, the write gives EFBIG.
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    EXPECT_EQ(getrlimit(RLIMIT_FSIZE, &before_), 0);
    const rlimit limited{bytes, before_.rlim_max};
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &limited), 0);
  }
  ~FileSizeLimit() {
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &before_), 0);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

class RocksFailure : public testing::Test {
 protected:
  void SetUp() override {
    MT_ASSERT_OK_AND_ASSIGN(store_, Open({.folder = folder_.path() / "store"}, logger_, metrics_));
  }

  absl::Status Put(const std::string& key) {
    Batch batch;
    batch.Put(FamilyId::kEvents, key, std::string(100'000, 'v'));
    return store_->Write(batch, Durability::kSynced);
  }
  bool Has(const std::string& key) {
    const auto snapshot = store_->TakeSnapshot();
    return snapshot.ok() && (*snapshot)->Get(FamilyId::kEvents, key).ok();
  }

  const test::TempDir folder_;
  test::FakeLogger logger_;
  test::FakeMetrics metrics_;
  std::unique_ptr<Store> store_;
};

TEST_F(RocksFailure, LatchesUntilTheStoreIsReopened) {
  ASSERT_OK(Put("before"));
  {
    const FileSizeLimit limit(150'000);
    EXPECT_THAT(Put("failing"), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("too large")));
  }
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(Put("after"), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("reopen")))
        << "though there is room again";
  }
  EXPECT_TRUE(Has("before")) << "reads go on";
  EXPECT_FALSE(Has("after"));
  ASSERT_OK(store_->Reopen());
  EXPECT_TRUE(Has("before"));
  EXPECT_OK(Put("after"));
  EXPECT_TRUE(Has("after"));
}

TEST_F(RocksFailure, IsCountedAndLogged) {
  {
    const FileSizeLimit limit(50'000);
    EXPECT_THAT(Put("failing"), Not(IsOk()));
  }
  EXPECT_EQ(metrics_.Value("mailtrail_kv_background_errors_total", {{"reason", "write"}}), 1);
  EXPECT_THAT(logger_.Lines(), Contains(HasSubstr("error kv_background_error reason=write")));
}

// A flush fails behind the writer's back: the next write says so, and nothing heals by itself.
TEST_F(RocksFailure, OfAFlushStopsWritesUntilTheStoreIsReopened) {
  Batch batch;
  for (int i = 0; i < 100; ++i) {
    std::string value(10'000, '\0');
    std::uint32_t seed = static_cast<std::uint32_t>(i) + 1;
    for (char& byte : value)
      byte = static_cast<char>((seed = seed * 1'664'525 + 1'013'904'223) >> 24);
    batch.Put(FamilyId::kEvents, std::to_string(i), value);
  }
  ASSERT_OK(store_->Write(batch, Durability::kSynced));
  {
    const FileSizeLimit limit(100'000);
    EXPECT_THAT(store_->Compact(FamilyId::kEvents), Not(IsOk()));
  }
  EXPECT_EQ(metrics_.Value("mailtrail_kv_background_errors_total", {{"reason", "flush"}}), 1);
  EXPECT_THAT(Put("after"), Not(IsOk()));
  EXPECT_THAT(Put("after"), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_TRUE(Has("99"));
  ASSERT_OK(store_->Reopen());
  EXPECT_TRUE(Has("99"));
  EXPECT_OK(Put("after"));
}

TEST_F(RocksFailure, ToReopenLeavesTheStoreClosedUntilItWorks) {
  ASSERT_OK(Put("before"));
  const std::filesystem::path current = folder_.path() / "store" / "CURRENT";
  const std::string bytes = test::ReadFile(current);
  test::WriteFile(current, "MANIFEST-999999\n");
  EXPECT_THAT(store_->Reopen(), Not(IsOk()));
  EXPECT_THAT(store_->TakeSnapshot(), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Put("closed"), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(store_->Compact(FamilyId::kEvents), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(store_->Checkpoint(folder_.path() / "copy"),
              StatusIs(absl::StatusCode::kUnavailable));
  test::WriteFile(current, bytes);
  ASSERT_OK(store_->Reopen());
  EXPECT_TRUE(Has("before"));
  EXPECT_FALSE(Has("closed"));
}

TEST_F(RocksFailure, MetricsFollowTheFiles) {
  EXPECT_EQ(metrics_.Value("mailtrail_kv_sst_bytes"), 0);
  ASSERT_OK(Put("a"));
  ASSERT_OK(store_->Compact(FamilyId::kEvents));
  EXPECT_GT(metrics_.Value("mailtrail_kv_sst_bytes"), 0);
  EXPECT_TRUE(metrics_.Has("mailtrail_kv_pending_compaction_bytes"));
  EXPECT_TRUE(metrics_.Has("mailtrail_kv_write_stall", {{"family", "events"}}));
}

}  // namespace
}  // namespace mailtrail::kv::rocks
