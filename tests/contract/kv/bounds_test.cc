#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/kv/store.h"

namespace mailtrail::kv {
namespace {

using ::testing::Optional;

TEST(PrefixEnd, BoundsExactlyThePrefix) {
  EXPECT_THAT(PrefixEnd("ab"), Optional(std::string("ac")));
  EXPECT_THAT(PrefixEnd("a\xff"), Optional(std::string("b")));
  EXPECT_THAT(PrefixEnd("a\x7f"), Optional(std::string("a\x80")));
  EXPECT_EQ(PrefixEnd("\xff\xff"), std::nullopt);
  EXPECT_EQ(PrefixEnd(""), std::nullopt);
}

TEST(PrefixBounds, BeginAtThePrefix) {
  const Bounds bounds = PrefixBounds("a\xff");
  EXPECT_EQ(bounds.begin, "a\xff");
  EXPECT_THAT(bounds.end, Optional(std::string("b")));
}

TEST(Batch, ShowsItsRowsAndBytes) {
  Batch batch;
  EXPECT_TRUE(batch.empty());
  batch.Put(FamilyId::kEvents, "key", "value");
  batch.Delete(FamilyId::kSeen, "gone");
  ASSERT_EQ(batch.size(), 2U);
  EXPECT_EQ(batch.bytes(), 12U);
  EXPECT_EQ(batch.row(0).family, FamilyId::kEvents);
  EXPECT_EQ(batch.row(0).op, Batch::Op::kPut);
  EXPECT_EQ(batch.row(0).key, "key");
  EXPECT_EQ(batch.row(0).value, "value");
  EXPECT_EQ(batch.row(1).op, Batch::Op::kDelete);
  EXPECT_EQ(batch.row(1).key, "gone");
  EXPECT_EQ(batch.row(1).value, "");
  batch.Clear();
  EXPECT_TRUE(batch.empty());
  EXPECT_EQ(batch.bytes(), 0U);
}

TEST(Batch, AppendsAnotherOnesRowsAfterItsOwn) {
  Batch batch;
  batch.Put(FamilyId::kEvents, "first", "1");
  Batch other;
  other.Delete(FamilyId::kSeen, "gone");
  other.Put(FamilyId::kMeta, "last", "2");
  batch.Append(other);
  ASSERT_EQ(batch.size(), 3U);
  EXPECT_EQ(batch.bytes(), 15U);
  EXPECT_EQ(batch.row(0).key, "first");
  EXPECT_EQ(batch.row(1).op, Batch::Op::kDelete);
  EXPECT_EQ(batch.row(1).family, FamilyId::kSeen);
  EXPECT_EQ(batch.row(2).key, "last");
  EXPECT_EQ(batch.row(2).value, "2");
}

}  // namespace
}  // namespace mailtrail::kv
