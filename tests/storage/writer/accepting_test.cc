// Whether pushes are accepted, as it gets into `meta`.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/storage/writer/rig.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::writer {
namespace {

using log::Accepting;
using log::Gap;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::uint32_t kStart = SecondOf(test::FakeClock::kStart);

TEST(AcceptingRow, IsAbsentUntilSomebodySaysIt) {
  Rig rig;
  rig.Settle();
  EXPECT_EQ(rig.StoredMeta().accepting, std::nullopt);
}

TEST(AcceptingRow, IsStoredAtOnceAndThenEachMinute) {
  Rig rig;
  rig.writer().SetAccepting(true);
  rig.Settle();
  EXPECT_EQ(rig.StoredMeta().accepting, (Accepting{true, kStart, kStart}));
  rig.clock().Advance(59'999);
  rig.Settle();
  EXPECT_EQ(rig.StoredMeta().accepting->stored_second, kStart);
  rig.clock().Advance(1);
  rig.Settle();
  EXPECT_EQ(rig.StoredMeta().accepting, (Accepting{true, kStart, kStart + 60}));
}

TEST(AcceptingRow, NeedsNoCommandToBeStored) {
  Rig rig;
  {
    Hold hold(rig.store());
    rig.writer().SetAccepting(true);
    hold.WaitUntilHeld();
  }
  rig.writer().Stop();
  EXPECT_EQ(rig.StoredMeta().accepting->since_second, kStart);
}

TEST(AcceptingRow, SaysNoOnceTheWriterHasStopped) {
  Rig rig;
  rig.writer().SetAccepting(true);
  rig.Settle();
  rig.clock().Advance(5'000);
  rig.Stop();
  EXPECT_EQ(rig.StoredMeta().accepting, (Accepting{false, kStart + 5, kStart + 5}));

  rig.clock().Advance(3'000);
  rig.Restart();
  EXPECT_THAT(rig.StoredMeta().gaps, ElementsAre(Gap{kStart + 5, kStart + 8}));
  rig.clock().Advance(2'000);
  rig.writer().SetAccepting(true);
  rig.Settle();
  EXPECT_THAT(rig.StoredMeta().gaps, ElementsAre(Gap{kStart + 5, kStart + 10}))
      << "it ends when pushes are accepted, not when the store is opened";
}

TEST(AcceptingRow, IsStoredAgainAfterAFailedWrite) {
  Rig rig;
  rig.store().FailWrite(1, test::FaultyStore::When::kBefore, absl::UnavailableError("EIO"));
  rig.writer().SetAccepting(true);
  // Refused while the store is being reopened.
  while (!rig.PutLocal("settle", "x").get().ok()) {
  }
  rig.Settle();
  EXPECT_EQ(rig.StoredMeta().accepting, (Accepting{true, kStart, kStart}));
  EXPECT_THAT(rig.StoredMeta().gaps, IsEmpty());
}

}  // namespace
}  // namespace mailtrail::writer
