#include "storage/writer/accepting_ledger.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/kv/memory/store.h"
#include "storage/writer/limits.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::writer {
namespace {

using log::Accepting;
using log::Gap;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::uint32_t kLate = kAcceptingSeconds + kAcceptingLateSeconds;

TEST(Gap, BeginsWithTheLastHeartbeatWhenTheNextIsOverdue) {
  const Accepting stored{true, 100, 1000};
  EXPECT_EQ(GapUntil(stored, 1000 + kLate), std::nullopt);
  EXPECT_EQ(GapUntil(stored, 1000 + kLate + 1), (Gap{1000, 1000 + kLate + 1}));
}

TEST(Gap, BeginsWhenTheStoreSaidThatItAcceptsNothing) {
  const Accepting stored{false, 900, 1000};
  EXPECT_EQ(GapUntil(stored, 901), (Gap{900, 901}));
  EXPECT_EQ(GapUntil(stored, 900), std::nullopt);
}

TEST(Gap, IsNoneBeforeTheFirstStart) { EXPECT_EQ(GapUntil(std::nullopt, 1000), std::nullopt); }

class Ledger : public ::testing::Test {
 protected:
  // Lays and commits at a second, by both clocks; gives how many rows that took.
  std::size_t Lay(bool accepting, std::uint32_t second) {
    kv::Batch batch;
    ledger_.Lay(accepting, second, second * kMillisPerSecond, batch);
    log::PutIdentity({.store_id = std::string(16, 's'), .key_check = std::string(16, 'k')}, batch);
    log::PutHead({}, batch);
    log::PutEra(1, {1, {1}, 1}, batch);
    EXPECT_OK(store_.Write(batch, kv::Durability::kSynced));
    ledger_.Commit();
    return batch.size() - 5;
  }
  log::Meta Stored() {
    const auto snapshot = store_.TakeSnapshot();
    const auto meta = log::ReadMeta(**snapshot);
    EXPECT_OK(meta);
    return meta.ok() ? meta->value_or(log::Meta{}) : log::Meta{};
  }

  kv::memory::MemoryStore store_;
  AcceptingLedger ledger_{std::nullopt};
};

TEST_F(Ledger, StoresAChangeAtOnceAndTheStateEachMinute) {
  EXPECT_EQ(Lay(true, 1000), 1U);
  EXPECT_EQ(Stored().accepting, (Accepting{true, 1000, 1000}));
  EXPECT_EQ(ledger_.UntilDue(1'000'000), std::chrono::seconds(60));
  EXPECT_EQ(Lay(true, 1059), 0U);
  EXPECT_EQ(ledger_.UntilDue(1'059'000), std::chrono::seconds(1));
  EXPECT_EQ(Lay(true, 1060), 1U);
  EXPECT_EQ(Stored().accepting, (Accepting{true, 1000, 1060}));
  EXPECT_EQ(Lay(false, 1070), 1U);
  EXPECT_EQ(Stored().accepting, (Accepting{false, 1070, 1070}));
  EXPECT_EQ(Lay(false, 1130), 1U);
  EXPECT_EQ(Stored().accepting, (Accepting{false, 1070, 1130}));
  EXPECT_THAT(Stored().gaps, IsEmpty());
}

TEST_F(Ledger, StoresAGapThatEnds) {
  Lay(true, 1000);
  Lay(false, 1010);
  EXPECT_EQ(Lay(true, 1015), 2U);
  EXPECT_THAT(Stored().gaps, ElementsAre(Gap{1010, 1015}));
  EXPECT_EQ(Stored().accepting, (Accepting{true, 1015, 1015}));
}

TEST_F(Ledger, StoresAGapWhenItsOwnHeartbeatWasOverdue) {
  Lay(true, 1000);
  Lay(true, 1000 + kLate + 1);
  EXPECT_THAT(Stored().gaps, ElementsAre(Gap{1000, 1000 + kLate + 1}));
  EXPECT_EQ(Stored().accepting->since_second, 1000 + kLate + 1);
}

TEST_F(Ledger, GoesOnFromACrashThatWasShortWithoutAGap) {
  ledger_ = AcceptingLedger(Accepting{true, 500, 1000});
  EXPECT_EQ(ledger_.UntilDue(0), std::chrono::milliseconds(0));
  Lay(true, 1000 + kLate);
  EXPECT_THAT(Stored().gaps, IsEmpty());
  EXPECT_EQ(Stored().accepting, (Accepting{true, 500, 1000 + kLate}));
}

TEST_F(Ledger, DatesAStopBackToTheHeartbeatThatDidNotCome) {
  ledger_ = AcceptingLedger(Accepting{true, 500, 1000});
  Lay(false, 2000);
  EXPECT_EQ(Stored().accepting, (Accepting{false, 1000, 2000}));
  Lay(true, 2010);
  EXPECT_THAT(Stored().gaps, ElementsAre(Gap{1000, 2010}));
}

TEST_F(Ledger, SaysAgainWhatWasNotCommitted) {
  kv::Batch lost;
  ledger_.Lay(true, 1000, 1'000'000, lost);
  EXPECT_EQ(lost.size(), 1U);
  EXPECT_EQ(Lay(true, 1001), 1U);
  EXPECT_EQ(Stored().accepting, (Accepting{true, 1001, 1001}));
}

}  // namespace
}  // namespace mailtrail::writer
