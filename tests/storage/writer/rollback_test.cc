// A volume that was put back to an earlier state, without any command.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/log/era.h"
#include "tests/storage/writer/rig.h"
#include "tests/support/sample_events.h"
#include "tests/support/status_matchers.h"
#include "tests/support/store_rows.h"

namespace mailtrail::writer {
namespace {

using log::Cursor;
using log::CursorVerdict;

// A store and its key file, started as often as wanted.
class Volume {
 public:
  void Start() {
    OpeningOptions options;
    options.key_file = folder_.path() / "key";
    auto opened = OpenStore(*store_, options, clock_);
    ASSERT_OK(opened);
    opened_ = *std::move(opened);
  }
  // What was acknowledged while it ran.
  void Append(std::uint64_t count) {
    log::LocalLog log(*store_, opened_.meta);
    const index::Preparer preparer(opened_.keys);
    Writer writer({*store_, log, preparer, clock_, NoLogger(), NoMetrics(), nullptr}, opened_.meta,
                  QuickOptions());
    for (std::uint64_t i = 0; i < count; ++i) {
      std::promise<absl::StatusOr<Outcome>> done;
      writer.Submit(AppendEvent{.event = test::SampleSend(++number_), .local_rows = {}},
                    [&](absl::StatusOr<Outcome> outcome) { done.set_value(std::move(outcome)); });
      EXPECT_OK(done.get_future().get());
      clock_.Advance(10);
    }
    opened_.meta.head = {log.head(0), clock_.Now()};  // Where the next writer goes on.
  }
  [[nodiscard]] log::LogState State() const {
    return {opened_.meta.eras, opened_.meta.head.sequence, {1}};
  }
  [[nodiscard]] Cursor At(std::uint64_t position) const {
    return log::CursorAt(opened_.meta.eras, {position});
  }
  [[nodiscard]] std::unique_ptr<kv::Store> CopyAside() { return test::CopyOf(*store_); }
  void PutBack(std::unique_ptr<kv::Store> copy) { store_ = std::move(copy); }
  [[nodiscard]] test::FakeClock& clock() { return clock_; }
  [[nodiscard]] std::uint64_t head() const { return opened_.meta.head.sequence.value; }

 private:
  test::TempDir folder_;
  test::FakeClock clock_;
  std::unique_ptr<kv::Store> store_ = std::make_unique<kv::memory::MemoryStore>();
  Opened opened_;
  std::uint64_t number_ = 0;
};

TEST(Rollback, RefusesEveryCursorOfTheLostFutureAndSaysWhereToGoOn) {
  Volume volume;
  volume.Start();
  volume.Append(10);  // Head 11.
  volume.clock().Advance(5'000);
  std::vector<Cursor> common;
  for (std::uint64_t i = 0; i <= volume.head(); ++i) common.push_back(volume.At(i));
  std::unique_ptr<kv::Store> copy = volume.CopyAside();

  // The future that gets lost: more of the same era, and another one after a restart.
  volume.Append(5);
  std::vector<Cursor> lost;
  for (std::uint64_t i = 12; i <= volume.head(); ++i) lost.push_back(volume.At(i));
  volume.clock().Advance(5'000);
  volume.Start();
  volume.Append(5);
  for (std::uint64_t i = 17; i <= volume.head(); ++i) lost.push_back(volume.At(i));
  ASSERT_EQ(lost.size(), 10U);

  volume.PutBack(std::move(copy));
  volume.clock().Advance(5'000);
  volume.Start();
  for (const std::uint64_t more : {0, 20}) {
    volume.Append(more);  // Past every lost position: the head tells nothing any more.
    for (const Cursor& cursor : common) {
      EXPECT_EQ(log::CheckCursor(volume.State(), cursor).verdict, CursorVerdict::kGood);
    }
    for (const Cursor& cursor : lost) {
      const log::CursorCheck check = log::CheckCursor(volume.State(), cursor);
      EXPECT_EQ(check.verdict, CursorVerdict::kUnknownEra) << cursor.positions[0].value;
      EXPECT_EQ(check.go_on, volume.At(11)) << "where both histories are still one";
    }
  }
}

TEST(Rollback, OfACopyThatWasTakenBetweenTwoErasGoesOnAtItsEnd) {
  Volume volume;
  volume.Start();
  volume.Append(3);
  volume.clock().Advance(5'000);
  volume.Start();
  volume.Append(3);  // Head 7.
  std::unique_ptr<kv::Store> copy = volume.CopyAside();
  volume.clock().Advance(5'000);
  volume.Start();
  volume.Append(2);
  const Cursor lost = volume.At(9);
  volume.PutBack(std::move(copy));
  volume.clock().Advance(5'000);
  volume.Start();
  volume.Append(9);
  const log::CursorCheck check = log::CheckCursor(volume.State(), lost);
  EXPECT_EQ(check.verdict, CursorVerdict::kUnknownEra);
  EXPECT_EQ(check.go_on, volume.At(7));
}

}  // namespace
}  // namespace mailtrail::writer
