#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/event_world.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

using query::WithTrail;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

UnixMillis Second(int i) { return {kWorldStart.value + i * kMillisPerSecond}; }

class MessagesTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  World world_{GetParam()};
};

TEST_P(MessagesTest, FoldsWhatIsThereWhateverTheOrderOfArrival) {
  world_.Add({.message_id = "m2"});
  world_.Add({.message_id = "m1",
              .type = storage::v1::EVENT_TYPE_OPEN,
              .event_time = Second(9),
              .received = Second(20)});
  world_.Add({.message_id = "m1",
              .type = storage::v1::EVENT_TYPE_DELIVERY,
              .event_time = Second(5),
              .received = Second(20)});
  world_.Add({.message_id = "m1", .event_time = Second(0), .received = Second(21)});
  world_.Commit();
  MT_ASSERT_OK_AND_ASSIGN(const auto answer, world_.messages().Get("m1", WithTrail::kYes));
  EXPECT_EQ(answer.status.message_id, "m1");
  EXPECT_EQ(answer.status.recipients.at(0).state, mail::State::kDelivered);
  EXPECT_EQ(answer.status.engagement.opens, 1);
  EXPECT_THAT(SequencesOf(answer.trail), ElementsAre(5, 4, 3));
  EXPECT_FALSE(answer.trail_truncated);
  EXPECT_EQ(answer.as_of.value, 5U);
  EXPECT_EQ(answer.cost.leading_term, "message");
  EXPECT_EQ(answer.cost.entries_read, 3);
  EXPECT_EQ(answer.cost.records_read, 3);
}

TEST_P(MessagesTest, WithoutATrailTheStatusIsTheSame) {
  world_.Add({.type = storage::v1::EVENT_TYPE_BOUNCE});
  world_.Commit();
  MT_ASSERT_OK_AND_ASSIGN(const auto answer, world_.messages().Get("m1", WithTrail::kNo));
  EXPECT_THAT(answer.trail, IsEmpty());
  EXPECT_EQ(answer.status.recipients.at(0).state, mail::State::kBounced);
}

TEST_P(MessagesTest, TheSourceIsThatOfTheLeastEventWithEventPublishingFirst) {
  world_.Add({.type = storage::v1::EVENT_TYPE_DELIVERY,
              .form = storage::v1::FORM_IDENTITY_NOTIFICATION,
              .event_time = Second(0),
              .source = 3});
  world_.Commit();
  MT_ASSERT_OK_AND_ASSIGN(auto answer, world_.messages().Get("m1", WithTrail::kNo));
  EXPECT_EQ(answer.source, 3);

  world_.Add({.type = storage::v1::EVENT_TYPE_OPEN,
              .event_time = Second(8),
              .received = Second(9),
              .source = 1});
  world_.Add({.type = storage::v1::EVENT_TYPE_DELIVERY,
              .event_time = Second(5),
              .received = Second(9),
              .source = 2});
  world_.Commit();
  MT_ASSERT_OK_AND_ASSIGN(answer, world_.messages().Get("m1", WithTrail::kNo));
  EXPECT_EQ(answer.source, 2);
}

TEST_P(MessagesTest, AMessageThatNobodySpokeOfIsNotFound) {
  world_.Add({.message_id = "m1"});
  world_.Commit();
  EXPECT_THAT(world_.messages().Get("m", WithTrail::kNo), StatusIs(absl::StatusCode::kNotFound));
}

INSTANTIATE_TEST_SUITE_P(Stores, MessagesTest,
                         ::testing::Values(StoreKind::kMemory, StoreKind::kRocks), NameOf);

}  // namespace
}  // namespace mailtrail::test
