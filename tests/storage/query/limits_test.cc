// Each limit of storage/query/limits.h is reached, and what is seen then.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/index/time_map.h"
#include "storage/query/meter.h"
#include "storage/query/plan.h"
#include "tests/support/event_world.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

using query::EventFilter;
using query::Order;
using ::testing::HasSubstr;

class QueryLimitsTest : public ::testing::Test {
 protected:
  void AddMany(std::int64_t count, Facts facts = {}) {
    for (std::int64_t i = 0; i < count; ++i) world_.Add(facts);
    world_.Commit();
  }
  absl::StatusOr<query::ScanResult> Run(const EventFilter& filter, std::size_t events_max = 1'000) {
    return world_.events().Run({.filter = &filter,
                                .order = Order::kOldestFirst,
                                .as_of = world_.head(),
                                .events_max = events_max});
  }

  World world_{StoreKind::kMemory};
};

TEST_F(QueryLimitsTest, EntriesReadMaxEndsAPageShortAndTheNextOneGoesOn) {
  AddMany(query::kEntriesReadMax + 10);
  const EventFilter filter{.recipients = {"ann@example.com"},
                           .types = {storage::v1::EVENT_TYPE_OPEN}};
  MT_ASSERT_OK_AND_ASSIGN(const auto page, Run(filter));
  EXPECT_TRUE(page.events.empty());
  EXPECT_FALSE(page.exhausted);
  EXPECT_EQ(page.cost.entries_read, query::kEntriesReadMax);
  // The CONTROL record is before the events.
  EXPECT_EQ(page.position.value, static_cast<std::uint64_t>(query::kEntriesReadMax) + 1);
}

TEST_F(QueryLimitsTest, RecordsReadMaxEndsAPageShortAndTheNextOneGoesOn) {
  AddMany(query::kRecordsReadMax + 10);
  // The sent time stands in the record alone.
  const EventFilter by_log{.sent_time = {.start = {{kWorldStart.value + 1}}, .end = std::nullopt}};
  EventFilter by_term = by_log;
  by_term.recipients = {"ann@example.com"};
  for (const EventFilter& filter : {by_log, by_term}) {
    MT_ASSERT_OK_AND_ASSIGN(const auto page, Run(filter));
    EXPECT_TRUE(page.events.empty());
    EXPECT_FALSE(page.exhausted);
    EXPECT_EQ(page.cost.records_read, query::kRecordsReadMax);
    EXPECT_EQ(page.position.value, static_cast<std::uint64_t>(query::kRecordsReadMax) + 1);
  }
}

TEST_F(QueryLimitsTest, PageBytesMaxEndsAPageWithTheEventThatReachesIt) {
  const std::string long_value(100'000, 'x');
  AddMany(20, {.tags = {{"ses:long", long_value}}});
  for (const EventFilter& filter :
       {EventFilter{}, EventFilter{.recipients = {"ann@example.com"}}}) {
    MT_ASSERT_OK_AND_ASSIGN(const auto page, Run(filter));
    // Ten are a little over 1,000,000 bytes and below 1 MiB; the eleventh reaches it.
    EXPECT_EQ(page.events.size(), 11U);
    EXPECT_FALSE(page.exhausted);
    EXPECT_EQ(page.position, page.events.back().sequence);
  }
}

TEST_F(QueryLimitsTest, MessageRowsMaxMakesEngagementALowerBoundAndKeepsTheLifeCycle) {
  AddMany(query::kMessageRowsMax, {.type = storage::v1::EVENT_TYPE_OPEN});
  MT_ASSERT_OK_AND_ASSIGN(auto answer, world_.messages().Get("m1", query::WithTrail::kNo));
  EXPECT_FALSE(answer.engagement_at_least);
  EXPECT_EQ(answer.status.engagement.opens, query::kMessageRowsMax);

  AddMany(1, {.type = storage::v1::EVENT_TYPE_DELIVERY});
  MT_ASSERT_OK_AND_ASSIGN(answer, world_.messages().Get("m1", query::WithTrail::kNo));
  EXPECT_TRUE(answer.engagement_at_least);
  EXPECT_EQ(answer.status.engagement.opens, query::kMessageRowsMax - 1);
  EXPECT_EQ(answer.status.recipients.at(0).state, mail::State::kDelivered);
  EXPECT_EQ(answer.cost.entries_read, query::kMessageRowsMax);

  // An event past the limit is not found by its id: the open that came last.
  const auto& preparer = world_.builder().preparer();
  const std::uint64_t last_open = static_cast<std::uint64_t>(query::kMessageRowsMax) + 1;
  const auto id_of = [&preparer](std::uint64_t sequence) {
    return mail::EventId{
        .message_id = "m1",
        .fingerprint = preparer.fingerprints().Of("m1", "event " + std::to_string(sequence))};
  };
  EXPECT_OK(world_.events().Get(id_of(last_open - 1), query::WithRaw::kNo));
  EXPECT_THAT(world_.events().Get(id_of(last_open), query::WithRaw::kNo),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(QueryLimitsTest, TrailEventsMaxCutsEngagementAndSaysSo) {
  AddMany(query::kTrailEventsMax, {.type = storage::v1::EVENT_TYPE_OPEN});
  MT_ASSERT_OK_AND_ASSIGN(auto answer, world_.messages().Get("m1", query::WithTrail::kYes));
  EXPECT_FALSE(answer.trail_truncated);
  EXPECT_EQ(answer.trail.size(), query::kTrailEventsMax);

  AddMany(1, {.type = storage::v1::EVENT_TYPE_COMPLAINT,
              .event_time = {kWorldStart.value + 1},
              .received = {kWorldStart.value + 2}});
  MT_ASSERT_OK_AND_ASSIGN(answer, world_.messages().Get("m1", query::WithTrail::kYes));
  EXPECT_TRUE(answer.trail_truncated);
  EXPECT_EQ(answer.trail.size(), query::kTrailEventsMax);
  EXPECT_EQ(answer.trail.back().header.type, storage::v1::EVENT_TYPE_COMPLAINT);
}

TEST_F(QueryLimitsTest, HeaderIdMessagesMaxAsksForSomethingBesideIt) {
  for (std::size_t i = 0; i < query::kHeaderIdMessagesMax; ++i) {
    world_.Add({.message_id = "m" + std::to_string(i), .header_message_id = "h@example.org"});
  }
  world_.Commit();
  EventFilter filter{.header_message_ids = {"h@example.org"}};
  MT_ASSERT_OK_AND_ASSIGN(const auto all, Run(filter));
  EXPECT_EQ(all.events.size(), query::kHeaderIdMessagesMax);

  world_.Add({.message_id = "one more", .header_message_id = "h@example.org"});
  world_.Commit();
  EXPECT_THAT(Run(filter),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("more than 64 messages")));
  filter.recipients = {"ann@example.com"};
  MT_ASSERT_OK_AND_ASSIGN(const auto beside, Run(filter));
  EXPECT_EQ(beside.events.size(), query::kHeaderIdMessagesMax + 1);
  EXPECT_EQ(beside.cost.leading_term, "recipient");
}

TEST_F(QueryLimitsTest, TimeMapHoursMaxJudgesTheTimeOnEachRowInstead) {
  // Rows of the map alone; what they say of the log is not read here.
  const auto put = [this](std::int64_t hours) {
    kv::Batch batch;
    for (std::uint32_t hour = 0; hour < hours; ++hour) {
      batch.Put(kv::FamilyId::kTimeMap, index::TimeMapKey(hour),
                index::EncodeTimeMapRow({{{5}, {6}}}));
    }
    ASSERT_OK(world_.store().Write(batch, kv::Durability::kSynced));
  };
  const EventFilter filter{.event_time = {.start = UnixMillis{0}, .end = std::nullopt}};
  const auto plan = [&]() -> std::string {
    const auto snapshot = world_.store().TakeSnapshot();
    query::Meter meter(100);
    const auto made =
        query::MakePlan({**snapshot, world_.builder().log(), world_.builder().preparer(), meter},
                        filter, {.first = {1}, .last = {1'000'000}});
    EXPECT_OK(made);
    EXPECT_EQ(meter.entries(), query::kTimeMapHoursMax);
    return std::string(made->leading_term);
  };
  put(query::kTimeMapHoursMax);
  EXPECT_EQ(plan(), "time");
  put(query::kTimeMapHoursMax + 1);
  EXPECT_EQ(plan(), "log");
}

}  // namespace
}  // namespace mailtrail::test
