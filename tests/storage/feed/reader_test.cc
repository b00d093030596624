#include "storage/feed/reader.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/log/local_log.h"
#include "tests/support/event_world.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

using feed::Reader;
using feed::Step;
using query::EventFilter;
using query::WithRaw;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ReaderTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  std::uint64_t Add(const std::string& recipient, UnixMillis at = kWorldStart) {
    return world_.Add({.message_id = "m" + std::to_string(world_.facts().size()),
                       .type = storage::v1::EVENT_TYPE_DELIVERY,
                       .event_time = at,
                       .received = at,
                       .destination = {recipient},
                       .about = {recipient},
                       .tags = {{"campaign", world_.facts().size() % 2 == 0 ? "even" : "odd"}}});
  }

  // Everything that a reader hands out until it is at the head; `start` counts as seen.
  std::vector<std::uint64_t> ReadAll(const EventFilter& filter, log::Sequence start,
                                     std::size_t events_max, query::Cost* cost = nullptr) {
    const query::Events events = world_.events();
    Reader reader(events, world_.builder().log(), filter, start);
    std::vector<std::uint64_t> read;
    for (int steps = 0; steps < 100'000; ++steps) {
      const auto step = reader.Next(events_max, WithRaw::kNo);
      EXPECT_OK(step);
      if (!step.ok()) break;
      EXPECT_LE(step->events.size(), events_max);
      EXPECT_EQ(step->position, reader.position());
      for (const query::FoundEvent& found : step->events) read.push_back(found.sequence.value);
      if (cost != nullptr) {
        cost->entries_read += step->cost.entries_read;
        cost->records_read += step->cost.records_read;
        cost->leading_term = step->cost.leading_term;
      }
      if (step->at_head) {
        EXPECT_EQ(reader.position(), world_.head());
        break;
      }
    }
    return read;
  }

  World world_{GetParam()};
};

TEST_P(ReaderTest, ResumedAtEverySequenceItGivesExactlyTheRestThroughRestarts) {
  const std::vector<EventFilter> filters = {{},
                                            {.recipients = {"ann@example.com"}},
                                            {.tags = {{"campaign", {"odd"}}}},
                                            {.types = {storage::v1::EVENT_TYPE_OPEN}},
                                            {.message_ids = {"m3", "m40"}}};
  for (int i = 0; i < 60; ++i) {
    Add(i % 7 == 0 ? "ann@example.com" : "bob@example.com");
    if (i % 5 == 4) world_.Commit();
    // A restart adds a record of its own when other things are indexed from then on.
    if (i % 20 == 19) {
      world_.Restart({.automatic_tags = {"ses:operation"}, .headers = {"x-" + std::to_string(i)}});
    }
  }
  for (const EventFilter& filter : filters) {
    const std::vector<std::uint64_t> all = world_.Expected(filter);
    for (std::uint64_t start = 0; start <= world_.head().value; ++start) {
      std::vector<std::uint64_t> rest = all;
      std::erase_if(rest, [start](std::uint64_t sequence) { return sequence <= start; });
      ASSERT_EQ(ReadAll(filter, {start}, 1 + start % 9), rest) << "after " << start;
    }
  }
}

TEST_P(ReaderTest, AnEventInTheMiddleOfAStepIsAPlaceToGoOnFrom) {
  for (int i = 0; i < 20; ++i) Add("ann@example.com");
  world_.Commit();
  const EventFilter filter{.recipients = {"ann@example.com"}};
  const query::Events events = world_.events();
  Reader reader(events, world_.builder().log(), filter, {0});
  MT_ASSERT_OK_AND_ASSIGN(const Step step, reader.Next(10, WithRaw::kNo));
  ASSERT_EQ(step.events.size(), 10U);
  EXPECT_FALSE(step.at_head);
  std::vector<std::uint64_t> rest = world_.Expected(filter);
  std::erase_if(rest, [&](std::uint64_t s) { return s <= step.events[4].sequence.value; });
  EXPECT_EQ(ReadAll(filter, step.events[4].sequence, 3), rest);
}

TEST_P(ReaderTest, AtTheHeadAStepReadsNothing) {
  Add("ann@example.com");
  world_.Commit();
  const query::Events events = world_.events();
  Reader reader(events, world_.builder().log(), {}, world_.head());
  MT_ASSERT_OK_AND_ASSIGN(const Step step, reader.Next(10, WithRaw::kNo));
  EXPECT_THAT(step.events, IsEmpty());
  EXPECT_TRUE(step.at_head);
  EXPECT_EQ(step.cost.entries_read, 0);
  EXPECT_EQ(step.position, world_.head());
}

TEST_P(ReaderTest, WhatIsWrittenButNotPublishedIsNotHandedOut) {
  const std::uint64_t first = Add("ann@example.com");
  world_.Commit();
  // What a reader sees between the write of a batch and its publication: rows above the head.
  const log::Sequence head = world_.head();
  Add("ann@example.com");
  world_.Commit();
  world_.builder().log().Publish(head);
  for (const EventFilter& filter :
       {EventFilter{}, EventFilter{.recipients = {"ann@example.com"}}}) {
    EXPECT_THAT(ReadAll(filter, {0}, 10), ElementsAre(first));
  }
}

TEST_P(ReaderTest, BelowTheFloorItIsOutOfRangeAndOnItGoesOn) {
  for (int i = 0; i < 10; ++i) Add("ann@example.com");
  world_.Commit();
  // The store says so at its next start; what lies below the floor may be gone.
  kv::Batch batch;
  log::PutFloor({6}, batch);
  for (std::uint64_t i = 1; i < 6; ++i) {
    batch.Delete(kv::FamilyId::kEvents, log::EventsKey({i}));
  }
  ASSERT_OK(world_.store().Write(batch, kv::Durability::kSynced));
  world_.Restart({});
  for (const EventFilter& filter :
       {EventFilter{}, EventFilter{.recipients = {"ann@example.com"}}}) {
    const query::Events events = world_.events();
    for (const std::uint64_t start : {0, 4}) {
      Reader reader(events, world_.builder().log(), filter, {start});
      EXPECT_THAT(reader.Next(10, WithRaw::kNo), StatusIs(absl::StatusCode::kOutOfRange));
      EXPECT_EQ(reader.position().value, start);
    }
    EXPECT_THAT(ReadAll(filter, {5}, 10), ElementsAre(6, 7, 8, 9, 10, 11));
  }
}

TEST_P(ReaderTest, AStepReadsWhatItsTermsHaveAndNotTheLog) {
  // 20 rare ones among 5,000, ten seconds between two.
  for (int i = 0; i < 5'000; ++i) {
    Add(i % 250 == 100 ? "ann@example.com" : "bob@example.com",
        {kWorldStart.value + i * 10 * kMillisPerSecond});
  }
  world_.Commit();
  struct Question {
    EventFilter filter;
    std::string_view leading_term;
    std::int64_t entries_max;
  };
  const UnixMillis start{kWorldStart.value + 5 * kMillisPerHour};
  const std::vector<Question> questions = {
      {{.recipients = {"ann@example.com"}}, "recipient", 20},
      {{.recipients = {"ann@example.com"}, .tags = {{"campaign", {"even"}}}}, "recipient", 100},
      {{.recipients = {"bob@example.com"}, .tags = {{"campaign", {"odd"}}}}, "tag", 7'600},
      {{.recipients = {"bob@example.com"},
        .event_time = {.start = start, .end = {{start.value + kMillisPerHour}}}},
       "time",
       800},
      {{.message_ids = {"m77"}}, "message", 1},
  };
  for (const Question& question : questions) {
    query::Cost cost;
    EXPECT_EQ(ReadAll(question.filter, {0}, 100, &cost), world_.Expected(question.filter));
    // RocksDB samples rows that are not in files yet, so there the nearer of two sizes may seem
    // larger.
    if (GetParam() == StoreKind::kMemory) {
      EXPECT_EQ(cost.leading_term, question.leading_term);
    }
    EXPECT_LE(cost.entries_read, question.entries_max) << question.leading_term;
  }
}

INSTANTIATE_TEST_SUITE_P(Stores, ReaderTest,
                         ::testing::Values(StoreKind::kMemory, StoreKind::kRocks), NameOf);

}  // namespace
}  // namespace mailtrail::test
