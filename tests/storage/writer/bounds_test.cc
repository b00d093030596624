// Each bound of the queue, hit.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/storage/writer/rig.h"
#include "tests/support/sample_events.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::writer {
namespace {

using test::SampleSend;
using test::StatusIs;

constexpr auto kFull = absl::StatusCode::kResourceExhausted;

// Submits until one is refused; gives how many were taken.
template <typename Submit>
std::size_t Fill(Rig& rig, Submit submit, std::size_t most) {
  std::vector<Answer> taken;
  Hold hold(rig.store());
  taken.push_back(rig.PutLocal("first", "row"));
  hold.WaitUntilHeld();
  std::size_t count = 0;
  for (; count < most; ++count) {
    Answer answer = submit(count);
    if (answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
      EXPECT_THAT(answer.get(), StatusIs(kFull, "the queue is full"));
      EXPECT_EQ(rig.metrics().Value("mailtrail_writer_refused_total", {{"reason", "full"}}), 1);
      break;
    }
    taken.push_back(std::move(answer));
  }
  hold.Release();
  for (Answer& answer : taken) EXPECT_OK(answer.get());
  return count;
}

TEST(QueueBound, OfRecordsIsHitAtTheReleasedValue) {
  Rig rig;
  const auto put = [&](std::size_t i) { return rig.PutLocal(Cat("key", i), "row"); };
  EXPECT_EQ(Fill(rig, put, kQueueRecordsMax + 2), kQueueRecordsMax);
  EXPECT_OK(rig.PutLocal("later", "row").get()) << "there is room again";
}

TEST(QueueBound, OfBytesIsHitAtTheReleasedValue) {
  Rig rig;
  const std::string large(1 << 20, 'x');
  const auto append = [&](std::size_t i) {
    index::NewEvent event = SampleSend(i + 1);
    event.raw = large;
    return rig.Append(std::move(event));
  };
  const std::size_t taken = Fill(rig, append, 100);
  EXPECT_LE(taken, kQueueBytesMax / large.size());
  EXPECT_GE(taken, kQueueBytesMax / large.size() - 2);
}

TEST(QueueBound, CountsLocalRows) {
  WriterOptions options = QuickOptions();
  options.queue_bytes_max = 100;
  Rig rig(options);
  const auto put = [&](std::size_t i) { return rig.PutLocal(Cat("key", i), std::string(46, 'x')); };
  EXPECT_EQ(Fill(rig, put, 10), 2U);
}

}  // namespace
}  // namespace mailtrail::writer
