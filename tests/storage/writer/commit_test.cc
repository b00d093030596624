// What a commit leaves in the store, and in which order things happen.

#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/log/raw.h"
#include "tests/storage/writer/rig.h"
#include "tests/support/sample_events.h"
#include "tests/support/status_matchers.h"
#include "tests/support/store_rows.h"

namespace mailtrail::writer {
namespace {

using kv::FamilyId;
using test::IsOkAndHolds;
using test::RowsOf;
using test::SampleBounce;
using test::SampleSend;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Commit, StoresRecordAndRawUnderTheNextSequence) {
  Rig rig;
  EXPECT_THAT(rig.Append(SampleBounce(1)).get(), IsOkAndHolds(Outcome::kCommitted));
  const test::StoredRows events = RowsOf(rig.store(), FamilyId::kEvents);
  ASSERT_EQ(events.size(), 2U) << "the CONTROL record of index set 1, and the event";
  const std::string record = events.at(log::EventsKey({2}));
  MT_ASSERT_OK_AND_ASSIGN(const log::RecordView view, log::DecodeRecord(record));
  index::Prepared expected = rig.preparer().Prepare(SampleBounce(1), rig.opened().meta.index_set);
  expected.header.received_time = rig.clock().Now();
  EXPECT_EQ(view.header, expected.header);
  EXPECT_EQ(view.body, expected.body);
  EXPECT_THAT(
      RowsOf(rig.store(), FamilyId::kRaw),
      ElementsAre(std::pair(log::RawKey(expected.message, {2}),
                            log::EncodeRaw(mail::RetentionClass::kFailure,
                                           expected.header.clamped_time, SampleBounce(1).raw))));
  EXPECT_EQ(rig.StoredMeta().head, (log::Head{{2}, rig.clock().Now()}));
  EXPECT_EQ(rig.log().head(0), log::Sequence{2});
}

TEST(Commit, AnswersAndTellsOnlyAfterTheSync) {
  Rig rig;
  ASSERT_OK(rig.Append(SampleSend(1)).get());
  rig.Stop();
  EXPECT_THAT(rig.store().journal().Entries(),
              ElementsAre("snapshot", "snapshot", "write", "written", "sync", "commit", "answer"))
      << "snapshots: one of `seen`, one of an hour of time_map";
}

TEST(Commit, IsOneWriteHoweverManyWaited) {
  Rig rig;
  std::vector<Answer> answers;
  {
    Hold hold(rig.store());
    answers.push_back(rig.Append(SampleSend(1)));
    hold.WaitUntilHeld();
    for (std::uint64_t i = 2; i <= 20; ++i) answers.push_back(rig.Append(SampleSend(i)));
  }
  for (Answer& answer : answers) EXPECT_THAT(answer.get(), IsOkAndHolds(Outcome::kCommitted));
  EXPECT_THAT(rig.heads(), ElementsAre(2, 21));
  EXPECT_EQ(rig.metrics().Value("mailtrail_writer_committed_events_total"), 20);
  EXPECT_EQ(rig.metrics().Value("mailtrail_writer_batch_records"), 20);
}

TEST(Commit, TakesNoMoreThanABatchAtOnce) {
  WriterOptions options = QuickOptions();
  options.batch_records_max = 3;
  Rig rig(options);
  std::vector<Answer> answers;
  {
    Hold hold(rig.store());
    answers.push_back(rig.Append(SampleSend(1)));
    hold.WaitUntilHeld();
    for (std::uint64_t i = 2; i <= 8; ++i) answers.push_back(rig.Append(SampleSend(i)));
  }
  for (Answer& answer : answers) EXPECT_OK(answer.get());
  EXPECT_THAT(rig.heads(), ElementsAre(2, 5, 8, 9));
}

TEST(Commit, DropsWhatTheStoreHasAndAnswersAtOnce) {
  Rig rig;
  ASSERT_OK(rig.Append(SampleSend(1)).get());
  rig.store().journal().Clear();
  EXPECT_THAT(rig.Append(SampleSend(1)).get(), IsOkAndHolds(Outcome::kDuplicate));
  rig.Stop();
  EXPECT_THAT(rig.store().journal().Entries(), ElementsAre("snapshot", "answer"));
  EXPECT_EQ(RowsOf(rig.store(), FamilyId::kEvents).size(), 2U);
  EXPECT_EQ(rig.metrics().Value("mailtrail_writer_duplicate_events_total", {{"found", "store"}}),
            1);
}

TEST(Commit, DropsWhatTheStoreHasAfterARestart) {
  Rig rig;
  ASSERT_OK(rig.Append(SampleSend(1)).get());
  rig.Restart();
  EXPECT_THAT(rig.Append(SampleSend(1)).get(), IsOkAndHolds(Outcome::kDuplicate));
}

TEST(Commit, AnswersACopyWithinABatchTogetherWithIt) {
  Rig rig;
  std::vector<Answer> answers;
  {
    Hold hold(rig.store());
    answers.push_back(rig.Append(SampleSend(1)));
    hold.WaitUntilHeld();
    for (int i = 0; i < 3; ++i) answers.push_back(rig.Append(SampleSend(2)));
    answers.push_back(rig.Append(SampleSend(1)));
    rig.store().journal().Clear();
  }
  EXPECT_THAT(answers[0].get(), IsOkAndHolds(Outcome::kCommitted));
  EXPECT_THAT(answers[1].get(), IsOkAndHolds(Outcome::kCommitted));
  for (std::size_t i = 2; i < 5; ++i) {
    EXPECT_THAT(answers[i].get(), IsOkAndHolds(Outcome::kDuplicate));
  }
  rig.Stop();
  EXPECT_THAT(rig.store().journal().Entries(),
              ElementsAre("written", "sync", "commit", "answer",  // 1
                          "snapshot", "answer",                   // 1 again
                          "write", "written", "sync", "commit", "answer", "answer", "answer"));
  EXPECT_THAT(rig.told(), ElementsAre(2, 3));
  EXPECT_EQ(rig.metrics().Value("mailtrail_writer_duplicate_events_total", {{"found", "batch"}}),
            2);
}

TEST(Commit, KeepsApartTwoEventsOfOneMessageInOneMinute) {
  Rig rig;
  index::NewEvent other = SampleSend(1);
  other.canonical += " and more";
  EXPECT_THAT(rig.Append(SampleSend(1)).get(), IsOkAndHolds(Outcome::kCommitted));
  EXPECT_THAT(rig.Append(other).get(), IsOkAndHolds(Outcome::kCommitted));
  EXPECT_THAT(rig.Append(SampleSend(2)).get(), IsOkAndHolds(Outcome::kCommitted));
}

TEST(Commit, PutsRowsOfLocalFamiliesSyncedAndTellsNobody) {
  Rig rig;
  EXPECT_THAT(rig.PutLocal("url", "row").get(), IsOkAndHolds(Outcome::kCommitted));
  rig.Stop();
  EXPECT_THAT(rig.store().journal().Entries(), ElementsAre("write", "written", "sync", "answer"));
  EXPECT_EQ(RowsOf(rig.store(), FamilyId::kCertificates).at("url"), "row");
  EXPECT_EQ(rig.StoredMeta().head.sequence, log::Sequence{1});
}

TEST(Commit, TakesAnEventsLocalRowsAlongAlsoWhenItIsADuplicate) {
  Rig rig;
  ASSERT_OK(rig.PutLocal("quarantined", "row").get());
  AppendEvent replay{.event = SampleSend(1), .local_rows = {}};
  ASSERT_OK(rig.Append(SampleSend(1)).get());
  replay.local_rows.Delete(FamilyId::kCertificates, "quarantined");
  replay.local_rows.Put(FamilyId::kCertificates, "replayed", "row");
  rig.store().journal().Clear();
  EXPECT_THAT(rig.Submit(std::move(replay)).get(), IsOkAndHolds(Outcome::kDuplicate));
  rig.Stop();
  EXPECT_THAT(rig.store().journal().Entries(),
              ElementsAre("snapshot", "write", "written", "sync", "answer"));
  EXPECT_THAT(RowsOf(rig.store(), FamilyId::kCertificates),
              ElementsAre(std::pair("replayed", "row")));
}

TEST(Commit, OfARecordWithoutRawHasNoRowInRaw) {
  Rig rig;
  index::NewEvent event = SampleSend(1);
  event.raw.clear();
  ASSERT_OK(rig.Append(event).get());
  EXPECT_THAT(RowsOf(rig.store(), FamilyId::kRaw), IsEmpty());
}

TEST(Commit, StampsTimesThatNeverFallAcrossJumpsAndRestarts) {
  Rig rig;
  std::vector<std::int64_t> jumps = {0,    5'000, -3'000, 2 * kMillisPerDay, -7 * kMillisPerDay,
                                     1'000};
  std::uint64_t number = 0;
  for (const bool restart : {false, true}) {
    for (const std::int64_t jump : jumps) {
      rig.clock().SetNow({rig.clock().Now().value + jump});
      if (restart) rig.Restart();
      ASSERT_OK(rig.Append(SampleSend(++number)).get());
    }
  }
  UnixMillis last;
  for (const auto& [key, value] : RowsOf(rig.store(), FamilyId::kEvents)) {
    MT_ASSERT_OK_AND_ASSIGN(const log::RecordView view, log::DecodeRecord(value));
    EXPECT_GE(view.header.received_time, last);
    EXPECT_LE(view.header.clamped_time, view.header.received_time);
    last = view.header.received_time;
  }
  EXPECT_EQ(rig.StoredMeta().head.received_time, last);
}

TEST(Commit, TellsOfAWallClockThatIsNotUsed) {
  Rig rig;
  ASSERT_OK(rig.Append(SampleSend(1)).get());
  EXPECT_EQ(rig.metrics().Value("mailtrail_writer_clock_distrusted"), 0);
  rig.clock().SetNow({test::FakeClock::kStart.value + kMillisPerDay});
  ASSERT_OK(rig.Append(SampleSend(2)).get());
  EXPECT_EQ(rig.metrics().Value("mailtrail_writer_clock_distrusted"), 1);
  EXPECT_EQ(rig.StoredMeta().head.received_time, test::FakeClock::kStart);
}

TEST(Commit, CarriesOutWhatIsQueuedBeforeItStops) {
  Rig rig;
  std::vector<Answer> answers;
  Hold hold(rig.store());
  for (std::uint64_t i = 1; i <= 10; ++i) answers.push_back(rig.Append(SampleSend(i)));
  hold.WaitUntilHeld();
  std::thread stopper([&] { rig.writer().Stop(); });
  hold.Release();
  stopper.join();
  for (Answer& answer : answers) EXPECT_THAT(answer.get(), IsOkAndHolds(Outcome::kCommitted));
  EXPECT_THAT(rig.Append(SampleSend(11)).get(),
              test::StatusIs(absl::StatusCode::kUnavailable, "the server is stopping"));
  rig.writer().Stop();
  EXPECT_OK(rig.writer().failed());
}

}  // namespace
}  // namespace mailtrail::writer
