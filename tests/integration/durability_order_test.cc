// 200 means durable, and streamed implies durable: a store that writes down what happens to it
// shows that no answer and no event of a stream comes before the sync of its batch. (Killing the
// process alone would not show it: the page cache survives.)

#include <string>
#include <thread>
#include <vector>

#include "clients/cpp/event_watch.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/kv/memory/store.h"
#include "tests/integration/app_under_test.h"
#include "tests/support/event_builder.h"
#include "tests/support/faulty_store.h"
#include "tests/support/status_matchers.h"

namespace mailtrail {
namespace {

using test::EventBuilder;
using test::FaultyStore;
using test::SesMessageId;

constexpr int kEvents = 20;

// For the n-th "answer" or "event" there must be n synced commits of an event before it.
void ExpectSyncsFirst(const std::vector<std::string>& journal, const std::string& what) {
  int synced = 0;
  int seen = 0;
  for (const std::string& entry : journal) {
    if (entry == "event batch synced") ++synced;
    if (entry == what) {
      ++seen;
      EXPECT_LE(seen, synced) << what << " " << seen << " came before its sync";
    }
  }
  EXPECT_EQ(seen, kEvents);
}

TEST(DurabilityOrder, NeitherAnAnswerNorAStreamedEventComesBeforeTheSync) {
  auto store = std::make_unique<FaultyStore>(std::make_unique<kv::memory::MemoryStore>());
  FaultyStore& double_of_store = *store;
  test::AppUnderTest app({.topics = {test::kTestTopic},
                          .now = test::FakeClock::kStart,
                          .store = std::move(store),
                          .data_dir = std::nullopt});
  test::Journal& journal = double_of_store.journal();
  // Marks the batches that hold an event: others (who is accepting) are of no interest.
  double_of_store.SetWriteHook([&](const kv::Batch& batch, kv::Durability durability) {
    bool events = false;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      events |= batch.row(i).family == kv::FamilyId::kEvents;
    }
    if (events) {
      EXPECT_EQ(durability, kv::Durability::kSynced);
      journal.Add("event batch comes");
    }
  });

  v1::WatchEventsRequest request;
  request.set_position(v1::WatchEventsRequest::POSITION_OLDEST);
  client::EventWatch watch(app.Channel(), request, {});
  std::jthread watcher([&] {
    for (int i = 0; i < kEvents; ++i) {
      if (!watch.Next()) break;
      journal.Add("event");
    }
  });
  for (int i = 0; i < kEvents; ++i) {
    const std::string id = SesMessageId(test::kSentMs, static_cast<std::uint64_t>(i));
    EXPECT_EQ(app.PostEvent(EventBuilder("Send").MessageId(id).Text()), 200);
    journal.Add("answer");
  }
  watcher.join();

  // "event batch comes" is followed by the store's own "written" and "sync": the sync is the point.
  std::vector<std::string> entries;
  bool event_batch = false;
  for (const std::string& entry : journal.Entries()) {
    if (entry == "event batch comes") event_batch = true;
    if (entry == "sync" && event_batch) {
      entries.emplace_back("event batch synced");
      event_batch = false;
    } else {
      entries.push_back(entry);
    }
  }
  ExpectSyncsFirst(entries, "answer");
  ExpectSyncsFirst(entries, "event");
}

TEST(DurabilityOrder, AFailedWriteIsAnswered503AndItsRetryIsStoredOnce) {
  for (const auto when : {FaultyStore::When::kBefore, FaultyStore::When::kAfter}) {
    auto store = std::make_unique<FaultyStore>(std::make_unique<kv::memory::MemoryStore>());
    FaultyStore& faulty = *store;
    test::AppUnderTest app({.topics = {test::kTestTopic},
                            .now = test::FakeClock::kStart,
                            .store = std::move(store),
                            .data_dir = std::nullopt});
    const std::string first = EventBuilder("Send").MessageId(SesMessageId(test::kSentMs, 1)).Text();
    const std::string second =
        EventBuilder("Send").MessageId(SesMessageId(test::kSentMs, 2)).Text();
    ASSERT_EQ(app.PostEvent(first), 200);
    faulty.FailWrite(1, when, absl::UnavailableError("fsync: input/output error"));
    EXPECT_EQ(app.PostEvent(second), 503);
    // The writer reopens by itself; SNS sends again until it is taken.
    int status = 503;
    for (int tries = 0; tries < 1'000 && status == 503; ++tries) status = app.PostEvent(second);
    EXPECT_EQ(status, 200);
    const auto events = app.Client().ListEvents({});
    ASSERT_OK(events.status());
    EXPECT_EQ(events->events_size(), 2);
  }
}

}  // namespace
}  // namespace mailtrail
