// Random events, copies, failed writes, restarts and clocks: what the store holds is what a plain
// model says, row by row.

#include <atomic>
#include <random>
#include <set>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/kv/rocks/open.h"
#include "tests/storage/writer/model.h"
#include "tests/storage/writer/rig.h"
#include "tests/support/sample_events.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::writer {
namespace {

using kv::FamilyId;
using When = test::FaultyStore::When;

class History {
 public:
  History(std::uint32_t seed, std::unique_ptr<kv::Store> store)
      : random_(seed),
        events_(seed),
        rig_(QuickOptions(), std::move(store)),
        model_(rig_.opened().keys, rig_.opened().meta.index_set) {}

  void Turn() {
    Disarm();
    if (Below(6) == 0) rig_.Restart();
    rig_.clock().Advance(static_cast<std::int64_t>(Below(3 * kMillisPerMinute)));
    if (Below(3) == 0) {
      rig_.store().FailWrite(static_cast<int>(1 + Below(3)),
                             Below(2) == 0 ? When::kBefore : When::kAfter,
                             absl::UnavailableError("input/output error"));
    }
    std::vector<index::NewEvent> submitted;
    for (std::uint64_t i = 0, count = 1 + Below(30); i < count; ++i) submitted.push_back(Next());
    Submit(submitted);
  }

  void ExpectEqualsTheModel() {
    for (const kv::Family& family : kv::kFamilies) {
      if (family.origin == kv::Origin::kLocal) continue;
      test::StoredRows rows = test::RowsOf(rig_.store(), family.id);
      if (family.id == FamilyId::kEvents) rows.erase(log::EventsKey({1}));
      EXPECT_EQ(rows, model_.RowsOf(family.id)) << family.name;
    }
    EXPECT_EQ(rig_.log().head(0).value, model_.head());
    EXPECT_EQ(rig_.StoredMeta().head.sequence.value, model_.head());
    // The listener was told of each event once, in order, whatever failed.
    ASSERT_EQ(rig_.told().size(), model_.head() - 1);
    for (std::size_t i = 0; i < rig_.told().size(); ++i) EXPECT_EQ(rig_.told()[i], i + 2);
  }

 private:
  // A failure that the last turn's writes were too few for would else meet a restart.
  void Disarm() {
    constexpr int kNever = 1'000'000;
    rig_.store().FailWrite(kNever, When::kBefore, absl::OkStatus());
  }

  std::uint64_t Below(std::uint64_t bound) {
    return std::uniform_int_distribution<std::uint64_t>(0, bound - 1)(random_);
  }

  index::NewEvent Next() {
    if (!sent_.empty() && Below(3) == 0) return sent_[Below(sent_.size())];
    sent_.push_back(events_.Next());
    return sent_.back();
  }

  // Submits all at once, then again what failed, until all is answered.
  void Submit(const std::vector<index::NewEvent>& submitted) {
    std::vector<index::NewEvent> rest = submitted;
    while (!rest.empty()) {
      std::vector<Answer> answers;
      for (const index::NewEvent& event : rest) answers.push_back(rig_.Append(event));
      std::vector<absl::StatusOr<Outcome>> outcomes;
      for (Answer& answer : answers) outcomes.push_back(answer.get());
      WaitUntilItWorks();
      rest = Judge(rest, outcomes);
    }
  }

  void WaitUntilItWorks() {
    while (!rig_.PutLocal("settle", "x").get().ok()) {
    }
  }

  // Takes into the model what the store committed, in the order of submission, and checks each
  // answer. Gives what has to be sent again.
  std::vector<index::NewEvent> Judge(const std::vector<index::NewEvent>& sent,
                                     const std::vector<absl::StatusOr<Outcome>>& outcomes) {
    const test::StoredRows records = test::RowsOf(rig_.store(), FamilyId::kEvents);
    std::vector<index::NewEvent> again;
    // Fingerprints of events that an unknown outcome was taken for: a later copy may have been the
    // one that was committed.
    std::set<mail::Fingerprint> taken;
    for (std::size_t i = 0; i < sent.size(); ++i) {
      if (!outcomes[i].ok()) {
        EXPECT_EQ(outcomes[i].status().code(), absl::StatusCode::kUnavailable);
        again.push_back(sent[i]);
        // Unknown: it was in the failed write, and that is there. Then it is the next record.
        if (!model_.Has(sent[i])) {
          TakeIfThere(sent[i], records);
          if (model_.Has(sent[i])) taken.insert(FingerprintOf(sent[i]));
        }
        continue;
      }
      if (!taken.contains(FingerprintOf(sent[i]))) {
        EXPECT_EQ(*outcomes[i], model_.Has(sent[i]) ? Outcome::kDuplicate : Outcome::kCommitted);
      }
      if (!model_.Has(sent[i])) model_.Commit(sent[i], rig_.clock().Now());
    }
    return again;
  }

  mail::Fingerprint FingerprintOf(const index::NewEvent& event) {
    return rig_.preparer().fingerprints().Of(event.event.mail().message_id(), event.canonical);
  }

  void TakeIfThere(const index::NewEvent& event, const test::StoredRows& records) {
    const auto record = records.find(log::EventsKey({model_.head() + 1}));
    if (record == records.end()) return;
    const auto view = log::DecodeRecord(record->second);
    ASSERT_OK(view);
    if (view->header.fingerprint == FingerprintOf(event)) {
      model_.Commit(event, rig_.clock().Now());
    }
  }

  std::mt19937 random_;
  test::RandomEvents events_;
  Rig rig_;
  Model model_;
  std::vector<index::NewEvent> sent_;
};

TEST(WriterProperty, TheStoreHoldsWhatAPlainModelSays) {
  for (std::uint32_t seed = 1; seed <= 25; ++seed) {
    SCOPED_TRACE(seed);
    History history(seed, std::make_unique<kv::memory::MemoryStore>());
    for (int turn = 0; turn < 20; ++turn) history.Turn();
    history.ExpectEqualsTheModel();
    if (testing::Test::HasFailure()) return;
  }
}

TEST(WriterProperty, TheSameHoldsOnRocksDb) {
  const test::TempDir folder;
  auto store = kv::rocks::Open({.folder = folder.path() / "db"}, NoLogger(), NoMetrics());
  ASSERT_OK(store);
  History history(99, *std::move(store));
  for (int turn = 0; turn < 20; ++turn) history.Turn();
  history.ExpectEqualsTheModel();
}

TEST(WriterProperty, ManyThreadsCommitEachEventOnce) {
  Rig rig;
  constexpr int kThreads = 4;
  constexpr std::uint64_t kEvents = 300;
  std::atomic<int> committed = 0;
  std::atomic<int> duplicates = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&] {
        for (std::uint64_t i = 1; i <= kEvents; ++i) {
          const absl::StatusOr<Outcome> outcome = rig.Append(test::SampleSend(i)).get();
          EXPECT_OK(outcome);
          ++(*outcome == Outcome::kCommitted ? committed : duplicates);
        }
      });
    }
  }
  EXPECT_EQ(committed, static_cast<int>(kEvents));
  EXPECT_EQ(duplicates, static_cast<int>((kThreads - 1) * kEvents));
  EXPECT_EQ(rig.log().head(0).value, kEvents + 1);
}

}  // namespace
}  // namespace mailtrail::writer
