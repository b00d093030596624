// The parts of kv/rocks that have rules of their own.

#include <cstdarg>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/table.h"
#include "storage/kv/rocks/listener.h"
#include "storage/kv/rocks/log_adapter.h"
#include "storage/kv/rocks/options.h"
#include "storage/kv/rocks/status.h"
#include "tests/support/fake_logger.h"
#include "tests/support/fake_metrics.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::kv::rocks {
namespace {

using rocksdb::Status;
using test::StatusIs;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(RocksStatus, MapsEveryCodeThatWeMeet) {
  const std::pair<Status, absl::StatusCode> cases[] = {
      {Status::NotFound("x"), absl::StatusCode::kNotFound},
      {Status::Corruption("x"), absl::StatusCode::kDataLoss},
      {Status::NotSupported("x"), absl::StatusCode::kUnimplemented},
      {Status::InvalidArgument("x"), absl::StatusCode::kInvalidArgument},
      {Status::NoSpace("x"), absl::StatusCode::kResourceExhausted},
      {Status::SpaceLimit("x"), absl::StatusCode::kResourceExhausted},
      {Status::MemoryLimit("x"), absl::StatusCode::kResourceExhausted},
      {Status::PathNotFound("x"), absl::StatusCode::kNotFound},
      {Status::IOError("x"), absl::StatusCode::kUnavailable},
      {Status::Incomplete("x"), absl::StatusCode::kUnavailable},
      {Status::ShutdownInProgress("x"), absl::StatusCode::kUnavailable},
      {Status::Busy("x"), absl::StatusCode::kUnavailable},
      {Status::TryAgain("x"), absl::StatusCode::kUnavailable},
      {Status::TimedOut("x"), absl::StatusCode::kDeadlineExceeded},
      {Status::Aborted("x"), absl::StatusCode::kAborted},
      {Status::MergeInProgress("x"), absl::StatusCode::kInternal},
  };
  for (const auto& [theirs, ours] : cases) {
    EXPECT_THAT(FromRocks(theirs, "testing"),
                StatusIs(ours, AllOf(HasSubstr("testing: "), HasSubstr("x"))))
        << theirs.ToString();
  }
  EXPECT_OK(FromRocks(Status::OK(), "testing"));
}

TEST(RocksLogAdapter, PassesWarningsAndErrorsOn) {
  test::FakeLogger logger;
  LogAdapter adapter(logger);
  for (const auto level : {rocksdb::DEBUG_LEVEL, rocksdb::INFO_LEVEL, rocksdb::HEADER_LEVEL}) {
    rocksdb::Log(level, &adapter, "dropped");
  }
  EXPECT_THAT(logger.Lines(), IsEmpty());
  rocksdb::Log(rocksdb::WARN_LEVEL, &adapter, "slow %d", 7);
  rocksdb::Log(rocksdb::ERROR_LEVEL, &adapter, "bad %s", "block");
  rocksdb::Log(rocksdb::FATAL_LEVEL, &adapter, "worse");
  EXPECT_THAT(logger.Lines(), ElementsAre(HasSubstr("warning rocksdb"), HasSubstr("error rocksdb"),
                                          HasSubstr("error rocksdb")));
  EXPECT_THAT(logger.Lines()[0], HasSubstr("slow 7"));
  EXPECT_THAT(logger.Lines()[1], HasSubstr("bad block"));
}

TEST(RocksLogAdapter, CutsLongLines) {
  test::FakeLogger logger;
  LogAdapter adapter(logger);
  rocksdb::Log(rocksdb::ERROR_LEVEL, &adapter, "%s", std::string(5'000, 'x').c_str());
  ASSERT_THAT(logger.Lines(), SizeIs(1));
  EXPECT_LT(logger.Lines()[0].size(), 1'100U);
}

TEST(RocksListener, LetsNothingHealBehindTheWriter) {
  test::FakeMetrics metrics;
  Listener listener(NoLogger(), metrics);
  bool auto_recovery = true;
  listener.OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason::kFlush, Status::NoSpace(),
                                &auto_recovery);
  EXPECT_FALSE(auto_recovery);
}

TEST(RocksListener, ShowsStalls) {
  test::FakeMetrics metrics;
  Listener listener(NoLogger(), metrics);
  const MetricLabels labels = {{"family", "raw"}};
  using Condition = rocksdb::WriteStallCondition;
  for (const auto& [condition, level] :
       {std::pair(Condition::kStopped, 2), {Condition::kDelayed, 1}, {Condition::kNormal, 0}}) {
    rocksdb::WriteStallInfo info;
    info.cf_name = "raw";
    info.condition.cur = condition;
    listener.OnStallConditionsChanged(info);
    EXPECT_EQ(metrics.Value("mailtrail_kv_write_stall", labels), level);
  }
}

// Options whose loss no other test would notice: they guard against what a test cannot wait for.
TEST(RocksOptions, GuardWhatNoTestCanWaitFor) {
  const rocksdb::DBOptions db = DatabaseOptions({.folder = "x", .write_buffers_bytes = 12'345'678});
  EXPECT_EQ(db.max_bgerror_resume_count, 0);
  EXPECT_EQ(db.recycle_log_file_num, 0U);
  EXPECT_EQ(db.max_total_wal_size, std::uint64_t{128} << 20);
  EXPECT_EQ(db.db_write_buffer_size, 12'345'678U);
  EXPECT_TRUE(db.paranoid_checks);
  EXPECT_FALSE(db.unordered_write);

  const auto cache = NewSharedCache({.folder = "x"});
  for (const Family& family : kFamilies) {
    SCOPED_TRACE(family.name);
    const rocksdb::ColumnFamilyOptions options = FamilyOptions(family, cache);
    EXPECT_EQ(options.merge_operator, nullptr);
    EXPECT_FALSE(options.enable_blob_files);
    EXPECT_EQ(options.memtable_insert_with_hint_prefix_extractor != nullptr,
              family.hint_prefix_bytes > 0);
    EXPECT_TRUE(options.force_consistency_checks);
    const auto* table = options.table_factory->GetOptions<rocksdb::BlockBasedTableOptions>();
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(table->block_cache, cache) << "one cache bounds them all";
    EXPECT_EQ(table->filter_policy != nullptr, family.shape == Shape::kPoints);
  }
  EXPECT_TRUE(ReadingOptions().verify_checksums);
  EXPECT_TRUE(ScanningOptions().verify_checksums);
  EXPECT_FALSE(ScanningOptions().fill_cache);
}

}  // namespace
}  // namespace mailtrail::kv::rocks
