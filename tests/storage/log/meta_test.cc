#include "storage/log/meta.h"

#include <map>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/status.h"
#include "storage/base/text.h"
#include "storage/kv/memory/store.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::log {
namespace {

using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

Meta SampleMeta() {
  Meta meta;
  meta.store_id = "store-id-16bytes";
  meta.key_check = "check-value-16by";
  meta.head = {{0x0102}, {0x0191'2345'6789}};
  meta.floor = {3};
  meta.eras = {{0xA1B2, {1}, 7}, {0xC3D4, {9}, 8}};
  meta.index_set.set_number(5);
  meta.index_set.add_headers("x-order-id");
  meta.accepting = Accepting{true, 0x10, 0x20};
  meta.gaps = {{0x30, 0x40}, {0x50, 0x60}};
  return meta;
}

void PutAll(const Meta& meta, kv::Batch& batch) {
  PutIdentity(meta, batch);
  PutHead(meta.head, batch);
  PutFloor(meta.floor, batch);
  for (std::size_t i = 0; i < meta.eras.size(); ++i) {
    PutEra(static_cast<std::uint32_t>(i + 1), meta.eras[i], batch);
  }
  PutIndexSet(meta.index_set, batch);
  PutAccepting(*meta.accepting, batch);
  for (const Gap& gap : meta.gaps) PutGap(gap, batch);
}

absl::StatusOr<std::optional<Meta>> Read(kv::Store& store) {
  MT_ASSIGN_OR_RETURN(const auto snapshot, store.TakeSnapshot());
  return ReadMeta(*snapshot);
}

class MetaRows : public ::testing::Test {
 protected:
  MetaRows() {
    PutAll(SampleMeta(), batch_);
    EXPECT_OK(store_.Write(batch_, kv::Durability::kSynced));
  }
  void Put(std::string_view key, std::string_view value) {
    kv::Batch batch;
    batch.Put(kv::FamilyId::kMeta, key, value);
    ASSERT_OK(store_.Write(batch, kv::Durability::kSynced));
  }
  void Delete(std::string_view key) {
    kv::Batch batch;
    batch.Delete(kv::FamilyId::kMeta, key);
    ASSERT_OK(store_.Write(batch, kv::Durability::kSynced));
  }

  kv::memory::MemoryStore store_;
  kv::Batch batch_;
};

TEST_F(MetaRows, HaveTheseBytes) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (std::size_t i = 0; i < batch_.size(); ++i) {
    ASSERT_EQ(batch_.row(i).family, kv::FamilyId::kMeta);
    rows.emplace_back(absl::CHexEscape(ToAbsl(batch_.row(i).key)), HexEncode(batch_.row(i).value));
  }
  EXPECT_THAT(
      rows,
      ElementsAre(Pair("format", "00000001"), Pair("store_id", HexEncode("store-id-16bytes")),
                  Pair("key_check", HexEncode("check-value-16by")),
                  Pair("head", "0000000000000102019123456789"), Pair("floor", "0000000000000003"),
                  Pair("era\\x00\\x00\\x00\\x01",
                       "000000000000a1b2"
                       "0000000000000001"
                       "00000007"),
                  Pair("era\\x00\\x00\\x00\\x02",
                       "000000000000c3d4"
                       "0000000000000009"
                       "00000008"),
                  Pair("index_set",
                       "0005"
                       "0805"
                       "1a0a782d6f726465722d6964"),
                  Pair("accepting", "010000001000000020"),
                  Pair("gap\\x00\\x00\\x00\\x30", "00000040"),
                  Pair("gap\\x00\\x00\\x00P", "00000060")));
}

TEST_F(MetaRows, AreReadAsTheyWereWritten) {
  MT_ASSERT_OK_AND_ASSIGN(const std::optional<Meta> read, Read(store_));
  ASSERT_TRUE(read);
  const Meta wrote = SampleMeta();
  EXPECT_EQ(read->format, kFormatVersion);
  EXPECT_EQ(read->store_id, wrote.store_id);
  EXPECT_EQ(read->key_check, wrote.key_check);
  EXPECT_EQ(read->head, wrote.head);
  EXPECT_EQ(read->floor, wrote.floor);
  EXPECT_EQ(read->eras, wrote.eras);
  EXPECT_EQ(read->index_set.SerializeAsString(), wrote.index_set.SerializeAsString());
  EXPECT_EQ(read->accepting, wrote.accepting);
  EXPECT_EQ(read->gaps, wrote.gaps);
}

TEST(Meta, OfAnEmptyStoreIsNone) {
  kv::memory::MemoryStore store;
  MT_ASSERT_OK_AND_ASSIGN(const std::optional<Meta> meta, Read(store));
  EXPECT_FALSE(meta);
}

TEST_F(MetaRows, OfANewerFormatAreRefusedWhateverElseStandsThere) {
  Put("format", std::string("\0\0\0\2", 4));
  Put("head", "something new");
  EXPECT_THAT(Read(store_),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "the data directory has format 2, but this release reads formats up to 1: "
                       "start the newer release that wrote it"));
}

TEST_F(MetaRows, ThatCannotBeReadAreNamed) {
  const std::map<std::string, std::string> damaged = {
      {"format", "1"},     {"store_id", "short"}, {"key_check", ""},
      {"head", "1234"},    {"floor", "12345"},    {"index_set", "5"},
      {"accepting", "\1"}, {"gap1", ""},          {std::string("era\0\0\0\1", 7), "era"}};
  for (const auto& [key, value] : damaged) {
    kv::memory::MemoryStore store;
    kv::Batch batch;
    PutAll(SampleMeta(), batch);
    batch.Put(kv::FamilyId::kMeta, key, value);
    ASSERT_OK(store.Write(batch, kv::Durability::kSynced));
    EXPECT_THAT(Read(store), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(key.substr(0, 3))))
        << key;
  }
}

TEST_F(MetaRows, ThatAreAbsentAreDataLoss) {
  for (const std::string key : {"format", "store_id", "key_check", "head"}) {
    kv::memory::MemoryStore store;
    kv::Batch batch;
    PutAll(SampleMeta(), batch);
    batch.Delete(kv::FamilyId::kMeta, key);
    ASSERT_OK(store.Write(batch, kv::Durability::kSynced));
    EXPECT_THAT(Read(store), StatusIs(absl::StatusCode::kDataLoss)) << key;
  }
}

TEST_F(MetaRows, WithAMissingEraAreDataLoss) {
  Delete(std::string("era\0\0\0\1", 7));
  EXPECT_THAT(Read(store_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("era")));
}

TEST_F(MetaRows, OfAnotherNameAreLeftAlone) {
  Put("something_later", "x");
  EXPECT_OK(Read(store_));
}

}  // namespace
}  // namespace mailtrail::log
