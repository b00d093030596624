#include "storage/writer/sequencer.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace mailtrail::writer {
namespace {

TEST(Sequencer, NumbersFromTheHeadOnAndFillsInTheTime) {
  const Sequencer sequencer({8, 1000, 8}, {{41}, {5'000}});
  std::vector<index::Prepared> records(3);
  records[0].header.clamped_time = {6'999};
  records[1].header.clamped_time = {7'000};
  records[2].header.clamped_time = {7'001};
  const log::Head head = sequencer.Number(records, {7'000});
  EXPECT_EQ(head, (log::Head{{44}, {7'000}}));
  for (std::uint64_t i = 0; i < 3; ++i) {
    EXPECT_EQ(records[i].sequence.value, 42 + i);
    EXPECT_EQ(records[i].header.received_time, UnixMillis{7'000});
  }
  EXPECT_EQ(records[0].header.clamped_time, UnixMillis{6'999});
  EXPECT_EQ(records[1].header.clamped_time, UnixMillis{7'000});
  EXPECT_EQ(records[2].header.clamped_time, UnixMillis{7'000}) << "lowered";
  EXPECT_EQ(sequencer.head(), (log::Head{{41}, {5'000}})) << "until it is durable";
}

TEST(Sequencer, KeepsTheHeadWhenThereIsNothingToNumber) {
  const Sequencer sequencer({8, 1000, 8}, {{41}, {5'000}});
  EXPECT_EQ(sequencer.Number({}, {7'000}), sequencer.head());
}

}  // namespace
}  // namespace mailtrail::writer
