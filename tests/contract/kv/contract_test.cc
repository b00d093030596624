#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/codec.h"
#include "tests/contract/kv/backends.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::kv {
namespace {

using test::IsOkAndHolds;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::Pair;

constexpr FamilyId kFamily = FamilyId::kPostings;

std::vector<std::string> Keys(Walk& walk) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : Drain(walk)) keys.push_back(key);
  return keys;
}

class Kv : public KvContract {
 protected:
  void PutKeys(const std::vector<std::string>& keys) {
    Batch batch;
    for (const std::string& key : keys) batch.Put(kFamily, key, "value of " + key);
    ASSERT_OK(store().Write(batch, Durability::kSynced));
  }
};

TEST_P(Kv, GetsWhatWasPut) {
  const std::string binary("\0\xff\n", 3);
  Put(kFamily, binary, binary);
  Put(kFamily, "empty", "");
  MT_ASSERT_OK_AND_ASSIGN(const auto snapshot, store().TakeSnapshot());
  EXPECT_THAT(snapshot->Get(kFamily, binary), IsOkAndHolds(binary));
  EXPECT_THAT(snapshot->Get(kFamily, "empty"), IsOkAndHolds(std::string()));
  EXPECT_THAT(snapshot->Get(kFamily, "other"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("postings")));
  EXPECT_THAT(snapshot->Get(FamilyId::kListings, binary), StatusIs(absl::StatusCode::kNotFound))
      << "families are apart";
}

TEST_P(Kv, GetsManyInTheirOrder) {
  PutKeys({"a", "b", "c"});
  MT_ASSERT_OK_AND_ASSIGN(const auto snapshot, store().TakeSnapshot());
  const std::vector<std::string> keys = {"c", "x", "a", "c"};
  EXPECT_THAT(snapshot->MultiGet(kFamily, keys),
              IsOkAndHolds(ElementsAre(Optional(std::string("value of c")), std::nullopt,
                                       Optional(std::string("value of a")),
                                       Optional(std::string("value of c")))));
  EXPECT_THAT(snapshot->MultiGet(kFamily, {}), IsOkAndHolds(IsEmpty()));
}

TEST_P(Kv, WalksForwardWithinBounds) {
  PutKeys({"a", "b1", "b2", "b3", "c"});
  MT_ASSERT_OK_AND_ASSIGN(const auto snapshot, store().TakeSnapshot());
  for (const Access access : {Access::kPick, Access::kScan}) {
    const auto walk = snapshot->NewWalk(kFamily, PrefixBounds("b"), Direction::kForward, access);
    EXPECT_FALSE(walk->Valid()) << "a new walk stands nowhere";
    walk->SeekToFirst();
    EXPECT_THAT(Drain(*walk), ElementsAre(Pair("b1", "value of b1"), Pair("b2", "value of b2"),
                                          Pair("b3", "value of b3")));
    walk->Seek("b2");
    EXPECT_THAT(Keys(*walk), ElementsAre("b2", "b3"));
    walk->Seek("b21");
    EXPECT_THAT(Keys(*walk), ElementsAre("b3"));
    walk->Seek("a");
    EXPECT_THAT(Keys(*walk), ElementsAre("b1", "b2", "b3")) << "taken as the lower bound";
    walk->Seek("c");
    EXPECT_THAT(Keys(*walk), IsEmpty());
    walk->Seek("z");
    EXPECT_THAT(Keys(*walk), IsEmpty());
  }
}

TEST_P(Kv, WalksBackwardWithinBounds) {
  PutKeys({"a", "b1", "b2", "b3", "c"});
  MT_ASSERT_OK_AND_ASSIGN(const auto snapshot, store().TakeSnapshot());
  for (const Access access : {Access::kPick, Access::kScan}) {
    const auto walk = snapshot->NewWalk(kFamily, PrefixBounds("b"), Direction::kBackward, access);
    EXPECT_FALSE(walk->Valid()) << "a new walk stands nowhere";
    walk->SeekToFirst();
    EXPECT_THAT(Drain(*walk), ElementsAre(Pair("b3", "value of b3"), Pair("b2", "value of b2"),
                                          Pair("b1", "value of b1")));
    walk->Seek("b2");
    EXPECT_THAT(Keys(*walk), ElementsAre("b2", "b1"));
    walk->Seek("b21");
    EXPECT_THAT(Keys(*walk), ElementsAre("b2", "b1"));
    walk->Seek("c");
    EXPECT_THAT(Keys(*walk), ElementsAre("b3", "b2", "b1")) << "taken as the upper bound";
    walk->Seek("z");
    EXPECT_THAT(Keys(*walk), ElementsAre("b3", "b2", "b1"));
    walk->Seek("b");
    EXPECT_THAT(Keys(*walk), IsEmpty());
    walk->Seek("a");
    EXPECT_THAT(Keys(*walk), IsEmpty());
  }
}

TEST_P(Kv, WalksToTheEndsOfAFamily) {
  PutKeys({"\x01", "m", "\xff\xff"});
  Put(FamilyId::kListings, "other", "family");
  MT_ASSERT_OK_AND_ASSIGN(const auto snapshot, store().TakeSnapshot());
  const auto forward = snapshot->NewWalk(kFamily, {}, Direction::kForward);
  forward->SeekToFirst();
  EXPECT_THAT(Keys(*forward), ElementsAre("\x01", "m", "\xff\xff"));
  const auto backward = snapshot->NewWalk(kFamily, {.begin = "m"}, Direction::kBackward);
  backward->SeekToFirst();
  EXPECT_THAT(Keys(*backward), ElementsAre("\xff\xff", "m"));
}

TEST_P(Kv, WalksNothingBetweenEmptyBounds) {
  PutKeys({"a", "b"});
  MT_ASSERT_OK_AND_ASSIGN(const auto snapshot, store().TakeSnapshot());
  for (const Direction direction : {Direction::kForward, Direction::kBackward}) {
    const auto walk = snapshot->NewWalk(kFamily, {.begin = "a", .end = "a"}, direction);
    walk->SeekToFirst();
    EXPECT_FALSE(walk->Valid());
    walk->Seek("a");
    EXPECT_FALSE(walk->Valid());
    EXPECT_OK(walk->status());
  }
}

TEST_P(Kv, ASnapshotDoesNotSeeWhatComesLater) {
  PutKeys({"a", "b"});
  MT_ASSERT_OK_AND_ASSIGN(const auto before, store().TakeSnapshot());
  const auto walk = before->NewWalk(kFamily, {}, Direction::kForward);
  walk->SeekToFirst();
  Batch batch;
  batch.Put(kFamily, "a", "new");
  batch.Delete(kFamily, "b");
  batch.Put(kFamily, "c", "new");
  ASSERT_OK(store().Write(batch, Durability::kBuffered));
  EXPECT_OK(store().Compact(kFamily));
  EXPECT_THAT(before->Get(kFamily, "a"), IsOkAndHolds(std::string("value of a")));
  EXPECT_THAT(before->Get(kFamily, "b"), IsOkAndHolds(std::string("value of b")));
  EXPECT_THAT(before->Get(kFamily, "c"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Keys(*walk), ElementsAre("a", "b"));
  EXPECT_THAT(Rows(kFamily), ElementsAre(Pair("a", "new"), Pair("c", "new")));
}

TEST_P(Kv, EachSnapshotKeepsItsOwnVersion) {
  std::vector<std::unique_ptr<const Snapshot>> snapshots;
  for (int i = 0; i < 5; ++i) {
    Put(kFamily, "key", std::to_string(i));
    MT_ASSERT_OK_AND_ASSIGN(auto snapshot, store().TakeSnapshot());
    snapshots.push_back(std::move(snapshot));
  }
  snapshots[2].reset();
  Put(kFamily, "key", "last");
  for (const int i : {0, 1, 3, 4}) {
    EXPECT_THAT(snapshots[static_cast<std::size_t>(i)]->Get(kFamily, "key"),
                IsOkAndHolds(std::to_string(i)));
  }
}

TEST_P(Kv, TheLaterRowForAKeyWins) {
  Batch batch;
  batch.Put(kFamily, "put put", "first");
  batch.Put(kFamily, "put delete", "first");
  batch.Delete(kFamily, "delete put");
  batch.Put(kFamily, "put put", "second");
  batch.Delete(kFamily, "put delete");
  batch.Put(kFamily, "delete put", "second");
  ASSERT_OK(store().Write(batch, Durability::kSynced));
  EXPECT_THAT(Rows(kFamily), ElementsAre(Pair("delete put", "second"), Pair("put put", "second")));
}

TEST_P(Kv, DeletesWhatIsThereAndWhatIsNot) {
  PutKeys({"a", "b"});
  Batch batch;
  batch.Delete(kFamily, "a");
  batch.Delete(kFamily, "never there");
  ASSERT_OK(store().Write(batch, Durability::kSynced));
  ASSERT_OK(store().Compact(kFamily));
  EXPECT_THAT(Rows(kFamily), ElementsAre(Pair("b", "value of b")));
  PutKeys({"a"});
  EXPECT_THAT(Rows(kFamily), ElementsAre(Pair("a", "value of a"), Pair("b", "value of b")));
}

TEST_P(Kv, EmptyBatchesAreWritten) {
  EXPECT_OK(store().Write({}, Durability::kSynced));
  EXPECT_OK(store().Write({}, Durability::kBuffered));
  EXPECT_THAT(Rows(kFamily), IsEmpty());
}

TEST_P(Kv, EveryFamilyIsThere) {
  Batch batch;
  for (const Family& family : kFamilies) {
    batch.Put(family.id, "a key that is longer than any hint", family.name);
    batch.Put(family.id, "k", "a key that is shorter");
  }
  ASSERT_OK(store().Write(batch, Durability::kSynced));
  for (const Family& family : kFamilies) {
    EXPECT_THAT(Rows(family.id),
                ElementsAre(Pair("a key that is longer than any hint", family.name),
                            Pair("k", "a key that is shorter")))
        << family.name;
  }
}

// The planner orders terms by it: the order of magnitude must be right, whether rows are in memory
// or in files.
TEST_P(Kv, EstimatesTheOrderOfMagnitude) {
  const auto fill = [&](std::string_view prefix, std::uint32_t rows) {
    Batch batch;
    for (std::uint32_t i = 0; i < rows; ++i) {
      std::string key(prefix);
      AppendU32(key, i);
      // Bytes that do not compress, so that files are as large as their rows.
      std::string value;
      for (std::uint64_t k = 1; k <= 10; ++k) AppendU64(value, (i + 1) * k * 0x9E3779B97F4A7C15U);
      batch.Put(kFamily, key, value);
    }
    ASSERT_OK(store().Write(batch, Durability::kSynced));
  };
  fill("rare____", 100);
  fill("frequent", 50'000);
  for (const bool compacted : {false, true}) {
    if (compacted) ASSERT_OK(store().Compact(kFamily));
    MT_ASSERT_OK_AND_ASSIGN(const auto snapshot, store().TakeSnapshot());
    const std::uint64_t rare = snapshot->EstimateBytes(kFamily, PrefixBounds("rare____"));
    const std::uint64_t frequent = snapshot->EstimateBytes(kFamily, PrefixBounds("frequent"));
    constexpr std::uint64_t kRowBytes = 12 + 80;
    EXPECT_LT(rare, 100 * kRowBytes * 20) << compacted;
    EXPECT_GT(frequent, 50'000 * kRowBytes / 5) << compacted;
    EXPECT_LT(frequent, 50'000 * kRowBytes * 5) << compacted;
    EXPECT_GE(snapshot->EstimateBytes(kFamily, {}), frequent) << compacted;
    EXPECT_EQ(snapshot->EstimateBytes(kFamily, PrefixBounds("absent__")), 0U) << compacted;
  }
}

TEST_P(Kv, ACheckpointIsAStoreOfItsOwn) {
  const std::filesystem::path copy = folder_.path() / "copy" / "store";
  PutKeys({"a", "b"});
  if (!GetParam().has_files) {
    EXPECT_THAT(store().Checkpoint(copy), StatusIs(absl::StatusCode::kUnimplemented));
    return;
  }
  std::filesystem::create_directory(copy.parent_path());
  ASSERT_OK(store().Checkpoint(copy));
  EXPECT_THAT(store().Checkpoint(copy),
              StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr("copy/store")));
  PutKeys({"c"});
  MT_ASSERT_OK_AND_ASSIGN(const auto other, GetParam().open(copy.parent_path()));
  MT_ASSERT_OK_AND_ASSIGN(const auto snapshot, other->TakeSnapshot());
  const auto walk = snapshot->NewWalk(kFamily, {}, Direction::kForward);
  walk->SeekToFirst();
  EXPECT_THAT(Drain(*walk), ElementsAre(Pair("a", "value of a"), Pair("b", "value of b")));
}

INSTANTIATE_TEST_SUITE_P(All, Kv, testing::ValuesIn(Backends()), BackendName);

}  // namespace
}  // namespace mailtrail::kv
