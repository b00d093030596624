#include "storage/index/time_map.h"

#include <map>
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "storage/index/limits.h"
#include "storage/kv/memory/store.h"
#include "tests/support/faulty_store.h"
#include "tests/support/status_matchers.h"
#include "tests/support/store_rows.h"

namespace mailtrail::index {
namespace {

using test::StatusIs;
using ::testing::ElementsAre;

constexpr kv::FamilyId kTimeMap = kv::FamilyId::kTimeMap;

Prepared At(std::uint32_t hour, std::uint64_t sequence) {
  Prepared prepared;
  prepared.header.clamped_time = {hour * kMillisPerHour + 17};
  prepared.sequence = {sequence};
  return prepared;
}

std::vector<SequenceRange> Added(const std::vector<std::uint64_t>& sequences) {
  std::vector<SequenceRange> ranges;
  for (const std::uint64_t sequence : sequences) AddToRanges({sequence}, ranges);
  return ranges;
}

SequenceRange Range(std::uint64_t first, std::uint64_t last) { return {{first}, {last}}; }

TEST(TimeMap, HasTheseBytes) {
  EXPECT_EQ(HexEncode(TimeMapKey(0x0A0B)), "00000a0b");
  EXPECT_EQ(HexEncode(EncodeTimeMapRow({Range(1, 2), Range(0x0506, 0x0708)})),
            "0000000000000001"
            "0000000000000002"
            "0000000000000506"
            "0000000000000708");
}

TEST(TimeMap, IsReadAsItWasWritten) {
  const std::vector<SequenceRange> ranges = {Range(1, 2), Range(5, 5)};
  EXPECT_THAT(ParseTimeMapRow(EncodeTimeMapRow(ranges)), test::IsOkAndHolds(ranges));
  EXPECT_THAT(ParseTimeMapKey(TimeMapKey(7)), test::IsOkAndHolds(7U));
}

TEST(TimeMap, ThatIsNoneIsDataLoss) {
  EXPECT_THAT(ParseTimeMapKey("123"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ParseTimeMapRow(""), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ParseTimeMapRow(EncodeTimeMapRow({Range(1, 2)}) + "x"),
              StatusIs(absl::StatusCode::kDataLoss));
  const std::vector<SequenceRange> nine(kTimeMapRangesMax + 1, Range(1, 2));
  EXPECT_THAT(ParseTimeMapRow(EncodeTimeMapRow(nine)), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(TimeMap, ExtendsARangeThatASequenceTouches) {
  EXPECT_THAT(Added({3, 4, 5, 7, 8}), ElementsAre(Range(3, 5), Range(7, 8)));
}

TEST(TimeMap, MakesTheNearestTwoOfNineRangesOne) {
  EXPECT_THAT(Added({10, 20, 30, 35, 50, 60, 70, 80, 90}),
              ElementsAre(Range(10, 10), Range(20, 20), Range(30, 35), Range(50, 50), Range(60, 60),
                          Range(70, 70), Range(80, 80), Range(90, 90)));
  EXPECT_THAT(Added({10, 20, 30, 40, 50, 60, 70, 80, 82}),
              ElementsAre(Range(10, 10), Range(20, 20), Range(30, 30), Range(40, 40), Range(50, 50),
                          Range(60, 60), Range(70, 70), Range(80, 82)));
}

TEST(TimeMap, MakesTheOlderTwoOneOnATie) {
  EXPECT_THAT(Added({10, 20, 30, 40, 50, 60, 70, 80, 90}),
              ElementsAre(Range(10, 20), Range(30, 30), Range(40, 40), Range(50, 50), Range(60, 60),
                          Range(70, 70), Range(80, 80), Range(90, 90)));
}

TEST(TimeMap, WritesAChangedHourOncePerBatch) {
  kv::memory::MemoryStore store;
  const auto projection = MakeTimeMap(store);
  kv::Batch batch;
  for (std::uint64_t i = 1; i <= 100; ++i) {
    ASSERT_OK(projection->Apply(At(i % 2 == 0 ? 7 : 9, i), batch));
  }
  EXPECT_TRUE(batch.empty());
  projection->Finish(batch);
  EXPECT_EQ(batch.size(), 2U);
  kv::Batch next;
  projection->Finish(next);
  EXPECT_TRUE(next.empty()) << "nothing has changed since";
}

TEST(TimeMap, ReadsAnHourOnceAndHoldsABoundedNumber) {
  test::FaultyStore store(std::make_unique<kv::memory::MemoryStore>());
  const auto projection = MakeTimeMap(store);
  const auto reads = [&](std::uint32_t hour, std::uint64_t sequence) {
    store.journal().Clear();
    kv::Batch batch;
    EXPECT_OK(projection->Apply(At(hour, sequence), batch));
    const std::size_t count = store.journal().Entries().size();
    projection->Finish(batch);
    EXPECT_OK(store.Write(batch, kv::Durability::kSynced));
    return count;
  };
  std::uint64_t sequence = 0;
  for (std::uint32_t hour = 1; hour <= kTimeMapHoursHeldMax; ++hour) {
    EXPECT_EQ(reads(hour, ++sequence), 1U);
  }
  EXPECT_EQ(reads(1, ++sequence), 0U) << "held";
  EXPECT_EQ(reads(kTimeMapHoursHeldMax + 1, ++sequence), 1U);
  EXPECT_EQ(reads(1, ++sequence), 1U) << "the oldest was given up for a newer one";
  EXPECT_EQ(reads(kTimeMapHoursHeldMax, ++sequence), 0U);
}

TEST(TimeMap, TellsWhenARowCannotBeRead) {
  kv::memory::MemoryStore store;
  kv::Batch batch;
  batch.Put(kTimeMap, TimeMapKey(7), "short");
  ASSERT_OK(store.Write(batch, kv::Durability::kSynced));
  EXPECT_THAT(MakeTimeMap(store)->Apply(At(7, 1), batch), StatusIs(absl::StatusCode::kDataLoss));
}

// Batches of any size, lost ones and restarts in between, hours old and new: the rows are those
// that merging record by record gives.
TEST(TimeMap, EqualsMergingRecordByRecord) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&random](std::uint32_t bound) {
      return std::uniform_int_distribution<std::uint32_t>(0, bound - 1)(random);
    };
    kv::memory::MemoryStore store;
    auto projection = MakeTimeMap(store);
    std::map<std::uint32_t, std::vector<SequenceRange>> model;
    std::uint64_t head = 0;
    for (int turn = 0; turn < 60; ++turn) {
      const bool lost = below(5) == 0;
      kv::Batch batch;
      auto next = model;
      std::uint64_t sequence = head;
      for (std::uint32_t i = 0, size = 1 + below(60); i < size; ++i) {
        const std::uint32_t hour = below(4) == 0 ? below(300) : 300 + below(3);
        ASSERT_OK(projection->Apply(At(hour, ++sequence), batch));
        AddToRanges({sequence}, next[hour]);
      }
      projection->Finish(batch);
      if (lost) {
        projection->Forget();
        continue;
      }
      ASSERT_OK(store.Write(batch, kv::Durability::kSynced));
      model = std::move(next);
      head = sequence;
      if (below(10) == 0) projection = MakeTimeMap(store);
    }
    test::StoredRows expected;
    for (const auto& [hour, ranges] : model) expected[TimeMapKey(hour)] = EncodeTimeMapRow(ranges);
    EXPECT_EQ(test::RowsOf(store, kTimeMap), expected) << "seed " << seed;
  }
}

}  // namespace
}  // namespace mailtrail::index
