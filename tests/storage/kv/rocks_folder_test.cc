// What a folder may hold for a store to be opened there.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/db.h"
#include "storage/kv/rocks/limits.h"
#include "storage/kv/rocks/open.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::kv::rocks {
namespace {

namespace fs = std::filesystem;
using test::IsOkAndHolds;
using test::StatusIs;
using ::testing::HasSubstr;

class RocksFolder : public testing::Test {
 protected:
  [[nodiscard]] absl::StatusOr<std::unique_ptr<Store>> Open() const {
    return rocks::Open({.folder = store_}, NoLogger(), NoMetrics());
  }

  // A database with these families, made without us.
  void MakeDatabase(const std::vector<std::string>& families) const {
    fs::create_directories(store_);
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* db = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(options, store_.string(), &db).ok());
    const std::unique_ptr<rocksdb::DB> owner(db);
    ASSERT_TRUE(db->Put({}, "key", "value").ok());
    for (const std::string& name : families) {
      rocksdb::ColumnFamilyHandle* family = nullptr;
      ASSERT_TRUE(db->CreateColumnFamily({}, name, &family).ok());
      ASSERT_TRUE(db->DestroyColumnFamilyHandle(family).ok());
    }
  }

  const test::TempDir folder_;
  const fs::path store_ = folder_.path() / "deep" / "store";
};

TEST_F(RocksFolder, IsMadeWhereItIsMissing) {
  ASSERT_OK(Open());
  EXPECT_TRUE(fs::exists(store_ / "CURRENT"));
}

// Debian's RocksDB is built with assertions, and the writer of its LOG fails one on a full disk.
TEST_F(RocksFolder, NeverHoldsALogFileOfRocksDb) {
  {
    MT_ASSERT_OK_AND_ASSIGN(const auto store, Open());
    ASSERT_OK(store->Compact(FamilyId::kEvents));
    ASSERT_OK(store->Checkpoint(folder_.path() / "copy"));
    ASSERT_OK(store->Reopen());
  }
  for (const fs::path& folder : {store_, folder_.path() / "copy"}) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      EXPECT_FALSE(entry.path().filename().string().starts_with("LOG")) << entry.path();
    }
  }
}

TEST_F(RocksFolder, GetsTheFamiliesThatItDoesNotHaveYet) {
  MakeDatabase({"events"});
  MT_ASSERT_OK_AND_ASSIGN(const auto store, Open());
  MT_ASSERT_OK_AND_ASSIGN(const auto snapshot, store->TakeSnapshot());
  EXPECT_THAT(snapshot->Get(FamilyId::kMeta, "key"), IsOkAndHolds(std::string("value")));
  EXPECT_THAT(snapshot->Get(FamilyId::kPostings, "key"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(RocksFolder, WithAFamilyOfANewerVersionIsRefused) {
  MakeDatabase({"events", "postings_2"});
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kFailedPrecondition,
                               AllOf(HasSubstr("'postings_2'"), HasSubstr(store_.string()),
                                     HasSubstr("newer version"))));
}

TEST_F(RocksFolder, IsOpenOnlyOnce) {
  MT_ASSERT_OK_AND_ASSIGN(const auto store, Open());
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kFailedPrecondition,
                               HasSubstr("is open in another process")));
}

TEST_F(RocksFolder, ThatCannotBeMadeIsNamed) {
  test::WriteFile(folder_.path() / "deep", "a file in the way");
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kUnavailable, HasSubstr(store_.string())));
}

TEST_F(RocksFolder, CopiesGoOnlyWhereTheyCan) {
  MT_ASSERT_OK_AND_ASSIGN(const auto store, Open());
  EXPECT_THAT(store->Checkpoint(folder_.path() / "no" / "such"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no/such")));
}

TEST(RocksOptions, AreRefusedByName) {
  const auto open = [](Options options) {
    return Open(std::move(options), NoLogger(), NoMetrics());
  };
  EXPECT_THAT(open({}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("folder")));
  EXPECT_THAT(open({.folder = "x", .cache_bytes = kCacheBytesMin - 1}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("cache_bytes")));
  EXPECT_THAT(open({.folder = "x", .write_buffers_bytes = kWriteBuffersBytesMin - 1}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("write_buffers_bytes")));
}

TEST_F(RocksFolder, OpensWithTheSmallestMemory) {
  MT_ASSERT_OK_AND_ASSIGN(const auto store,
                          rocks::Open({.folder = store_,
                                       .cache_bytes = kCacheBytesMin,
                                       .write_buffers_bytes = kWriteBuffersBytesMin},
                                      NoLogger(), NoMetrics()));
  Batch batch;
  for (int i = 0; i < 1'000; ++i) {
    batch.Put(FamilyId::kRaw, std::to_string(i), std::string(20'000, 'x'));
  }
  EXPECT_OK(store->Write(batch, Durability::kSynced)) << "more than the write buffers hold";
}

}  // namespace
}  // namespace mailtrail::kv::rocks
