// What one step promises beside its events: position, exhausted, errors, cost.

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/index/postings.h"
#include "storage/log/local_log.h"
#include "tests/support/event_world.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

using query::EventFilter;
using query::Order;
using query::Scan;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ScanTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  // Sequences 2 to 11, since 1 is a CONTROL record; a minute between each two.
  void AddTen(const std::string& recipient = "ann@example.com") {
    for (int i = 0; i < 10; ++i) {
      const UnixMillis t{kWorldStart.value + i * kMillisPerMinute};
      world_.Add({.message_id = "m" + std::to_string(i),
                  .sent = t,
                  .event_time = t,
                  .received = t,
                  .destination = {recipient}});
    }
    world_.Commit();
  }

  World world_{GetParam()};
  const EventFilter all_;
  const EventFilter ann_{.recipients = {"ann@example.com"}};
};

TEST_P(ScanTest, AFullPageEndsAtItsLastEventAndAnEndAtAsOf) {
  AddTen();
  for (const EventFilter& filter : {all_, ann_}) {
    MT_ASSERT_OK_AND_ASSIGN(
        const auto first,
        world_.events().Run(
            {.filter = &filter, .order = Order::kOldestFirst, .as_of = {11}, .events_max = 4}));
    EXPECT_THAT(SequencesOf(first.events), ElementsAre(2, 3, 4, 5));
    EXPECT_EQ(first.position.value, 5U);
    EXPECT_FALSE(first.exhausted);

    MT_ASSERT_OK_AND_ASSIGN(const auto rest, world_.events().Run({.filter = &filter,
                                                                  .order = Order::kOldestFirst,
                                                                  .after = first.position,
                                                                  .as_of = {11},
                                                                  .events_max = 100}));
    EXPECT_THAT(SequencesOf(rest.events), ElementsAre(6, 7, 8, 9, 10, 11));
    EXPECT_EQ(rest.position.value, 11U);
    EXPECT_TRUE(rest.exhausted);
  }
}

TEST_P(ScanTest, NewestFirstGoesDownToTheFirstRecord) {
  AddTen();
  for (const EventFilter& filter : {all_, ann_}) {
    MT_ASSERT_OK_AND_ASSIGN(
        const auto first, world_.events().Run({.filter = &filter, .as_of = {9}, .events_max = 4}));
    EXPECT_THAT(SequencesOf(first.events), ElementsAre(9, 8, 7, 6));
    EXPECT_EQ(first.position.value, 6U);
    EXPECT_FALSE(first.exhausted);

    MT_ASSERT_OK_AND_ASSIGN(
        const auto rest,
        world_.events().Run(
            {.filter = &filter, .after = first.position, .as_of = {9}, .events_max = 100}));
    EXPECT_THAT(SequencesOf(rest.events), ElementsAre(5, 4, 3, 2));
    EXPECT_EQ(rest.position.value, 1U);
    EXPECT_TRUE(rest.exhausted);
  }
}

TEST_P(ScanTest, APageThatIsFullWithTheVeryLastRecordIsExhausted) {
  AddTen();
  MT_ASSERT_OK_AND_ASSIGN(
      const auto page,
      world_.events().Run(
          {.filter = &all_, .order = Order::kOldestFirst, .as_of = {11}, .events_max = 10}));
  EXPECT_EQ(page.events.size(), 10U);
  EXPECT_TRUE(page.exhausted);
}

TEST_P(ScanTest, NothingIsFoundInAStoreThatHoldsNoEvent) {
  for (const Order order : {Order::kOldestFirst, Order::kNewestFirst}) {
    for (const std::uint64_t as_of : {0, 1}) {
      MT_ASSERT_OK_AND_ASSIGN(
          const auto page,
          world_.events().Run(
              {.filter = &all_, .order = order, .as_of = {as_of}, .events_max = 10}));
      EXPECT_THAT(page.events, IsEmpty());
      EXPECT_TRUE(page.exhausted);
    }
  }
}

TEST_P(ScanTest, AStepThatMayReadLittleSaysHowFarItCame) {
  AddTen("bob@example.com");
  const EventFilter filter{.tags = {{"none", {"such"}}}, .types = {storage::v1::EVENT_TYPE_OPEN}};
  MT_ASSERT_OK_AND_ASSIGN(const auto tag_page, world_.events().Run({.filter = &filter,
                                                                    .order = Order::kOldestFirst,
                                                                    .as_of = {11},
                                                                    .events_max = 10,
                                                                    .entries_max = 1}));
  EXPECT_TRUE(tag_page.exhausted);  // The term has no rows.

  const EventFilter opens{.types = {storage::v1::EVENT_TYPE_OPEN}};
  MT_ASSERT_OK_AND_ASSIGN(const auto page, world_.events().Run({.filter = &opens,
                                                                .order = Order::kOldestFirst,
                                                                .as_of = {11},
                                                                .events_max = 10,
                                                                .entries_max = 3}));
  EXPECT_THAT(page.events, IsEmpty());
  EXPECT_FALSE(page.exhausted);
  EXPECT_EQ(page.position.value, 3U);
  EXPECT_EQ(page.cost.entries_read, 3);

  MT_ASSERT_OK_AND_ASSIGN(
      const auto back,
      world_.events().Run({.filter = &opens, .as_of = {11}, .events_max = 10, .entries_max = 3}));
  EXPECT_EQ(back.position.value, 9U);
  EXPECT_FALSE(back.exhausted);
}

TEST_P(ScanTest, RawComesOnlyWhenAskedFor) {
  AddTen();
  MT_ASSERT_OK_AND_ASSIGN(const auto without,
                          world_.events().Run({.filter = &ann_, .as_of = {11}, .events_max = 1}));
  EXPECT_EQ(without.events.at(0).raw, "");
  MT_ASSERT_OK_AND_ASSIGN(
      const auto with,
      world_.events().Run(
          {.filter = &ann_, .as_of = {11}, .events_max = 1, .raw = query::WithRaw::kYes}));
  EXPECT_EQ(with.events.at(0).raw, R"({"number":11})");
}

TEST_P(ScanTest, AnIndexRowWithoutItsRecordIsDataLoss) {
  AddTen();
  kv::Batch batch;
  batch.Delete(kv::FamilyId::kEvents, log::EventsKey({5}));
  ASSERT_OK(world_.store().Write(batch, kv::Durability::kSynced));
  EXPECT_THAT(world_.events().Run({.filter = &ann_, .as_of = {11}, .events_max = 20}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("record 5")));
}

TEST_P(ScanTest, ALogWithAHoleIsDataLossInBothOrders) {
  AddTen();
  for (const std::uint64_t hole : {5, 11, 1}) {
    kv::Batch batch;
    batch.Delete(kv::FamilyId::kEvents, log::EventsKey({hole}));
    ASSERT_OK(world_.store().Write(batch, kv::Durability::kSynced));
    for (const Order order : {Order::kOldestFirst, Order::kNewestFirst}) {
      EXPECT_THAT(
          world_.events().Run({.filter = &all_, .order = order, .as_of = {11}, .events_max = 20}),
          StatusIs(absl::StatusCode::kDataLoss));
    }
  }
}

TEST_P(ScanTest, RowsOfAnotherValueUnderTheSameHashAreNotShown) {
  AddTen("bob@example.com");
  // As if ann's hash were bob's.
  const index::Term ann =
      world_.builder().preparer().terms().Of(index::TermKind::kRecipient, "ann@example.com");
  const index::Term bob =
      world_.builder().preparer().terms().Of(index::TermKind::kRecipient, "bob@example.com");
  MT_ASSERT_OK_AND_ASSIGN(const auto snapshot, world_.store().TakeSnapshot());
  kv::Batch batch;
  for (std::uint64_t i = 2; i <= 11; ++i) {
    MT_ASSERT_OK_AND_ASSIGN(const std::string row,
                            snapshot->Get(kv::FamilyId::kPostings, index::PostingsKey(bob, {i})));
    batch.Put(kv::FamilyId::kPostings, index::PostingsKey(ann, {i}), row);
  }
  ASSERT_OK(world_.store().Write(batch, kv::Durability::kSynced));
  MT_ASSERT_OK_AND_ASSIGN(const auto page,
                          world_.events().Run({.filter = &ann_, .as_of = {11}, .events_max = 20}));
  EXPECT_THAT(page.events, IsEmpty());
  EXPECT_EQ(page.cost.records_read, 10);
}

TEST_P(ScanTest, APageOfNothingIsRefused) {
  EXPECT_THAT(world_.events().Run({.filter = &all_, .as_of = {1}, .events_max = 0}),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_P(ScanTest, LastBeforeFindsWhereAReceivedTimeBegins) {
  AddTen();
  const auto minute = [](int i) { return UnixMillis{kWorldStart.value + i * kMillisPerMinute}; };
  const query::Events events = world_.events();
  EXPECT_THAT(events.LastBefore({0}, {11}), IsOkAndHolds(log::Sequence{0}));
  // The CONTROL record and the first event were received at the start.
  EXPECT_THAT(events.LastBefore(minute(0), {11}), IsOkAndHolds(log::Sequence{0}));
  EXPECT_THAT(events.LastBefore({minute(0).value + 1}, {11}), IsOkAndHolds(log::Sequence{2}));
  EXPECT_THAT(events.LastBefore(minute(4), {11}), IsOkAndHolds(log::Sequence{5}));
  EXPECT_THAT(events.LastBefore(minute(9), {11}), IsOkAndHolds(log::Sequence{10}));
  EXPECT_THAT(events.LastBefore(minute(10), {11}), IsOkAndHolds(log::Sequence{11}));
  EXPECT_THAT(events.LastBefore(minute(10), {7}), IsOkAndHolds(log::Sequence{7}));
  EXPECT_THAT(events.LastBefore(minute(10), {0}), IsOkAndHolds(log::Sequence{0}));
}

TEST_P(ScanTest, AHeaderMessageIdFindsTheEventsThatTellIt) {
  world_.Add({.message_id = "m1", .header_message_id = "h@example.org"});
  world_.Add({.message_id = "m1", .type = storage::v1::EVENT_TYPE_BOUNCE});  // Without headers.
  world_.Add({.message_id = "m2", .header_message_id = "h@example.org"});
  world_.Add({.message_id = "m3", .header_message_id = "other@example.org"});
  world_.Commit();
  const EventFilter filter{.header_message_ids = {"h@example.org"}};
  MT_ASSERT_OK_AND_ASSIGN(
      const auto page,
      world_.events().Run(
          {.filter = &filter, .order = Order::kOldestFirst, .as_of = {5}, .events_max = 20}));
  EXPECT_THAT(SequencesOf(page.events), ElementsAre(2, 4));
  EXPECT_EQ(page.cost.leading_term, "header_message_id");
}

INSTANTIATE_TEST_SUITE_P(Stores, ScanTest, ::testing::Values(StoreKind::kMemory, StoreKind::kRocks),
                         NameOf);

}  // namespace
}  // namespace mailtrail::test
