#include "storage/log/local_log.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "storage/kv/memory/store.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::log {
namespace {

using test::StatusIs;
using ::testing::HasSubstr;

class LocalLogOfTen : public ::testing::Test {
 protected:
  LocalLogOfTen() {
    kv::Batch batch;
    for (std::uint64_t i = 1; i <= 12; ++i) {
      batch.Put(kv::FamilyId::kEvents, EventsKey({i}), Cat("record ", i));
    }
    EXPECT_OK(store_.Write(batch, kv::Durability::kSynced));
  }

  static Meta MetaOf(Sequence head, Sequence floor = {1}) {
    Meta meta;
    meta.head.sequence = head;
    meta.floor = floor;
    meta.eras = {{1, {1}, 1}};
    return meta;
  }

  // Sequences that a reading gives, as "3 4 5".
  static std::string Sequences(const absl::StatusOr<std::vector<Entry>>& entries) {
    EXPECT_OK(entries);
    std::string text;
    if (!entries.ok()) return text;
    for (const Entry& entry : *entries) {
      EXPECT_EQ(entry.record, Cat("record ", entry.sequence.value));
      text += Cat(text.empty() ? "" : " ", entry.sequence.value);
    }
    return text;
  }

  void Delete(Sequence sequence) {
    kv::Batch batch;
    batch.Delete(kv::FamilyId::kEvents, EventsKey(sequence));
    ASSERT_OK(store_.Write(batch, kv::Durability::kSynced));
  }

  kv::memory::MemoryStore store_;
  LocalLog log_{store_, MetaOf({10})};
};

ReadOptions From(std::uint64_t from, std::size_t records_max = 100, std::size_t bytes_max = 1000) {
  return {.from = {from}, .records_max = records_max, .bytes_max = bytes_max};
}

TEST(LocalLog, HasTheseKeys) {
  EXPECT_EQ(HexEncode(EventsKey({0x0A0B})), "0000000000000a0b");
  EXPECT_THAT(ParseEventsKey(EventsKey({7})), test::IsOkAndHolds(Sequence{7}));
  EXPECT_THAT(ParseEventsKey("1234567"), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(LocalLogOfTen, ReadsInOrderUpToTheHeadAndNoFurther) {
  EXPECT_EQ(Sequences(log_.Read(From(8))), "8 9 10");
  EXPECT_EQ(Sequences(log_.Read(From(11))), "");
  log_.Publish({12});
  EXPECT_EQ(log_.head(0), Sequence{12});
  EXPECT_EQ(Sequences(log_.Read(From(11))), "11 12");
  EXPECT_EQ(Sequences(log_.Read(From(13))), "");
}

TEST_F(LocalLogOfTen, EndsAtTheRecordThatPassesABound) {
  EXPECT_EQ(Sequences(log_.Read(From(1, 3))), "1 2 3");
  EXPECT_EQ(Sequences(log_.Read(From(1, 100, 9))), "1 2") << "\"record 1\" has 8 bytes";
  EXPECT_EQ(Sequences(log_.Read(From(1, 100, 8))), "1");
  EXPECT_EQ(Sequences(log_.Read(From(1, 100, 0))), "1") << "or a reader would stand still";
}

TEST_F(LocalLogOfTen, TellsOfAHoleWhenItComesToIt) {
  Delete({5});
  EXPECT_EQ(Sequences(log_.Read(From(2, 3))), "2 3 4");
  EXPECT_THAT(log_.Read(From(4)), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("record 5")));
  EXPECT_THAT(log_.Read(From(5)), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(Sequences(log_.Read(From(6, 2))), "6 7");
  Delete({10});
  EXPECT_THAT(log_.Read(From(8)), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("record 10")));
}

TEST_F(LocalLogOfTen, RefusesToReadBelowTheFloor) {
  const LocalLog log(store_, MetaOf({10}, {4}));
  EXPECT_EQ(log.floor(0), Sequence{4});
  EXPECT_THAT(log.Read(From(3)), StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_EQ(Sequences(log.Read(From(4, 2))), "4 5");
  Delete({1});
  EXPECT_THAT(log.Read(From(1)), StatusIs(absl::StatusCode::kOutOfRange))
      << "what is gone below the floor is no damage";
}

TEST_F(LocalLogOfTen, HasTheErasThatItWasOpenedWith) { EXPECT_EQ(log_.eras(), MetaOf({10}).eras); }

}  // namespace
}  // namespace mailtrail::log
