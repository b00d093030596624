// A write that did not return OK has an unknown outcome.

#include <algorithm>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/index/time_map.h"
#include "tests/storage/writer/rig.h"
#include "tests/support/sample_events.h"
#include "tests/support/status_matchers.h"
#include "tests/support/store_rows.h"

namespace mailtrail::writer {
namespace {

using kv::FamilyId;
using test::IsOkAndHolds;
using test::SampleSend;
using test::StatusIs;
using When = test::FaultyStore::When;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr auto kUnavailable = absl::StatusCode::kUnavailable;
const absl::Status kIoError = absl::UnavailableError("input/output error");

// Submits until the writer works again.
absl::StatusOr<Outcome> AppendAtLast(Rig& rig, std::uint64_t number) {
  while (true) {
    absl::StatusOr<Outcome> outcome = rig.Append(SampleSend(number)).get();
    if (outcome.ok() || !rig.writer().failed().ok()) return outcome;
  }
}

TEST(FailedWrite, ThatIsNotThereIsCommittedByItsRetry) {
  Rig rig;
  rig.store().FailWrite(1, When::kBefore, kIoError);
  EXPECT_THAT(rig.Append(SampleSend(1)).get(),
              StatusIs(kUnavailable, "the store is being reopened after a failed write"));
  EXPECT_THAT(AppendAtLast(rig, 1), IsOkAndHolds(Outcome::kCommitted));
  EXPECT_THAT(rig.told(), ElementsAre(2));
  EXPECT_EQ(rig.StoredMeta().head.sequence, log::Sequence{2});
  EXPECT_EQ(rig.metrics().Value("mailtrail_writer_failures_total"), 1);
}

TEST(FailedWrite, ThatIsThereAfterAllMakesItsRetryADuplicate) {
  Rig rig;
  rig.store().FailWrite(1, When::kAfter, kIoError);
  EXPECT_THAT(rig.Append(SampleSend(1)).get(), StatusIs(kUnavailable));
  EXPECT_THAT(AppendAtLast(rig, 1), IsOkAndHolds(Outcome::kDuplicate));
  EXPECT_THAT(AppendAtLast(rig, 2), IsOkAndHolds(Outcome::kCommitted));
  EXPECT_THAT(rig.told(), ElementsAre(2, 3)) << "the listener is told of it once, and in order";
  EXPECT_EQ(rig.log().head(0), log::Sequence{3});
}

TEST(FailedWrite, IsFollowedByNoOtherBeforeTheStoreWasReopened) {
  Rig rig;
  rig.store().FailWrite(1, When::kAfter, kIoError);
  std::vector<Answer> waiting;
  Answer failed;
  {
    Hold hold(rig.store());
    failed = rig.Append(SampleSend(1));
    hold.WaitUntilHeld();
    for (std::uint64_t i = 2; i <= 5; ++i) waiting.push_back(rig.Append(SampleSend(i)));
    rig.store().journal().Clear();
  }
  EXPECT_THAT(failed.get(), StatusIs(kUnavailable));
  for (Answer& answer : waiting) EXPECT_THAT(answer.get(), StatusIs(kUnavailable));
  EXPECT_THAT(AppendAtLast(rig, 2), IsOkAndHolds(Outcome::kCommitted));
  const std::vector<std::string> journal = rig.store().journal().Entries();
  ASSERT_GE(journal.size(), 8U);
  EXPECT_THAT(std::vector<std::string>(journal.begin(), journal.begin() + 6),
              ElementsAre("failed", "refusal", "refusal", "refusal", "refusal", "refusal"));
  const auto reopened = std::ranges::find(journal, "reopened");
  EXPECT_EQ(std::ranges::count(journal.begin(), reopened, "write"), 0);
  EXPECT_EQ(std::ranges::count(journal.begin(), reopened, "commit"), 0);
}

TEST(FailedWrite, OfAFullDiskIsAnsweredAsSuch) {
  Rig rig;
  rig.store().FailWrite(1, When::kBefore, absl::ResourceExhaustedError("no space"));
  EXPECT_THAT(rig.Append(SampleSend(1)).get(),
              StatusIs(absl::StatusCode::kResourceExhausted, "the disk is full"));
  EXPECT_THAT(AppendAtLast(rig, 1), IsOkAndHolds(Outcome::kCommitted));
}

TEST(FailedWrite, IsTriedUntilTheStoreOpensAndEverythingIsRefusedMeanwhile) {
  Rig rig;
  rig.store().FailReopen(5, kIoError);
  rig.store().FailWrite(1, When::kBefore, kIoError);
  EXPECT_THAT(rig.Append(SampleSend(1)).get(), StatusIs(kUnavailable));
  EXPECT_THAT(AppendAtLast(rig, 1), IsOkAndHolds(Outcome::kCommitted));
  EXPECT_EQ(rig.metrics().Value("mailtrail_writer_reopenings_total"), 6);
  EXPECT_OK(rig.writer().failed());
}

TEST(FailedWrite, DoesNotKeepAStopWaiting) {
  WriterOptions options = QuickOptions();
  options.reopen_wait_first = options.reopen_wait_longest = std::chrono::hours(24);
  Rig rig(options);
  rig.store().FailReopen(1'000'000, kIoError);
  rig.store().FailWrite(1, When::kBefore, kIoError);
  EXPECT_THAT(rig.Append(SampleSend(1)).get(), StatusIs(kUnavailable));
  rig.Stop();
}

TEST(FailedWrite, AfterWhichTheStoreHasLostRecordsStopsTheWriterForGood) {
  Rig rig;
  ASSERT_OK(rig.Append(SampleSend(1)).get());
  rig.store().FailWrite(1, When::kBefore, kIoError);
  rig.store().SetWriteHook([&](const kv::Batch& /*batch*/, kv::Durability durability) {
    kv::Batch older;
    log::PutHead({{1}, {0}}, older);
    EXPECT_OK(rig.store().inner().Write(older, durability));
  });
  EXPECT_THAT(AppendAtLast(rig, 2), StatusIs(kUnavailable));
  // The answer comes before the store is looked at again.
  while (rig.writer().failed().ok()) EXPECT_FALSE(rig.Append(SampleSend(2)).get().ok());
  EXPECT_THAT(rig.writer().failed(),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("came back with its log at 1, but had acknowledged 2")));
  EXPECT_THAT(rig.Append(SampleSend(3)).get(), StatusIs(kUnavailable));
  EXPECT_EQ(rig.metrics().Value("mailtrail_writer_stopped"), 1);
  EXPECT_EQ(rig.log().head(0), log::Sequence{2});
}

TEST(FailedWrite, AfterWhichTheStoreIsAheadOfAnythingGivenToItStopsTheWriterForGood) {
  Rig rig;
  rig.store().FailWrite(1, When::kBefore, kIoError);
  rig.store().SetWriteHook([&](const kv::Batch& /*batch*/, kv::Durability durability) {
    kv::Batch foreign;
    log::PutHead({{9}, {0}}, foreign);
    EXPECT_OK(rig.store().inner().Write(foreign, durability));
  });
  (void)AppendAtLast(rig, 1);
  while (rig.writer().failed().ok()) EXPECT_FALSE(rig.Append(SampleSend(2)).get().ok());
  EXPECT_THAT(rig.writer().failed(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(FailedWrite, LeavesNothingRememberedThatIsNotStored) {
  for (const When when : {When::kBefore, When::kAfter}) {
    for (int n = 1; n <= 3; ++n) {
      Rig rig;
      rig.store().FailWrite(n, when, kIoError);
      for (std::uint64_t i = 1; i <= 5; ++i) ASSERT_OK(AppendAtLast(rig, i));
      Rig other;
      for (std::uint64_t i = 1; i <= 5; ++i) ASSERT_OK(other.Append(SampleSend(i)).get());
      // Not hashes: the two have different keys. But as many rows, and the same ranges of the log.
      for (const FamilyId family : {FamilyId::kEvents, FamilyId::kByMessage, FamilyId::kSeen,
                                    FamilyId::kPostings, FamilyId::kListings}) {
        EXPECT_EQ(test::RowsOf(rig.store(), family).size(),
                  test::RowsOf(other.store(), family).size())
            << kv::FamilyOf(family).name << " " << n;
      }
      EXPECT_EQ(test::RowsOf(rig.store(), FamilyId::kTimeMap),
                test::RowsOf(other.store(), FamilyId::kTimeMap));
    }
  }
}

TEST(FailedRead, IsAFailureLikeAnyOther) {
  Rig rig;
  kv::Batch damage;
  damage.Put(FamilyId::kTimeMap, index::TimeMapKey(HourOf(test::kSampleSent)), "short");
  ASSERT_OK(rig.store().inner().Write(damage, kv::Durability::kSynced));
  EXPECT_THAT(rig.Append(SampleSend(1)).get(), StatusIs(kUnavailable));
  EXPECT_EQ(rig.StoredMeta().head.sequence, log::Sequence{1});
  damage.Clear();
  damage.Delete(FamilyId::kTimeMap, index::TimeMapKey(HourOf(test::kSampleSent)));
  ASSERT_OK(rig.store().inner().Write(damage, kv::Durability::kSynced));
  EXPECT_THAT(AppendAtLast(rig, 1), IsOkAndHolds(Outcome::kCommitted));
}

}  // namespace
}  // namespace mailtrail::writer
