#include <string>

#include "gtest/gtest.h"
#include "storage/index/by_message.h"
#include "storage/log/record.h"
#include "tests/support/event_world.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

using query::WithRaw;

class GetEventTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  mail::EventId IdOf(const std::string& message_id, std::uint64_t sequence) {
    return {.message_id = message_id,
            .fingerprint = world_.builder().preparer().fingerprints().Of(
                message_id, "event " + std::to_string(sequence))};
  }

  World world_{GetParam()};
};

TEST_P(GetEventTest, FindsEachEventOfAMessageInEitherPart) {
  world_.Add({.message_id = "m1"});
  world_.Add({.message_id = "m2"});
  world_.Add({.message_id = "m1", .type = storage::v1::EVENT_TYPE_OPEN});
  world_.Commit();
  MT_ASSERT_OK_AND_ASSIGN(const auto send, world_.events().Get(IdOf("m1", 2), WithRaw::kNo));
  EXPECT_EQ(send.sequence.value, 2U);
  EXPECT_EQ(send.header.type, storage::v1::EVENT_TYPE_SEND);
  EXPECT_TRUE(send.event.has_send());
  EXPECT_EQ(send.raw, "");
  MT_ASSERT_OK_AND_ASSIGN(const auto open, world_.events().Get(IdOf("m1", 4), WithRaw::kYes));
  EXPECT_EQ(open.sequence.value, 4U);
  EXPECT_EQ(open.event.mail().message_id(), "m1");
  EXPECT_EQ(open.raw, R"({"number":4})");
}

TEST_P(GetEventTest, AnIdOfNoEventIsNotFound) {
  world_.Add({.message_id = "m1"});
  world_.Commit();
  EXPECT_THAT(world_.events().Get(IdOf("m1", 9), WithRaw::kNo),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(world_.events().Get(IdOf("m2", 2), WithRaw::kNo),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(GetEventTest, AnEventThatIsNotPublishedYetIsNotFound) {
  world_.Add({.message_id = "m1"});
  world_.Commit();
  // A row above the head, as a reader sees it between the write and the publication.
  log::RecordHeader header{.message_id = "m1"};
  header.fingerprint = IdOf("m1", 3).fingerprint;
  kv::Batch batch;
  batch.Put(kv::FamilyId::kByMessage,
            index::ByMessageKey(world_.builder().preparer().messages().KeyOf("m1"),
                                mail::Part::kLifeCycle, {3}),
            log::EncodeRecord(header, ""));
  ASSERT_OK(world_.store().Write(batch, kv::Durability::kSynced));
  EXPECT_THAT(world_.events().Get(IdOf("m1", 3), WithRaw::kNo),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(GetEventTest, AMessageThatSharesTheKeyIsToldApart) {
  world_.Add({.message_id = "m1"});
  world_.Commit();
  // The same fingerprint, under m1's key, of another message.
  log::RecordHeader header{.message_id = "stranger"};
  header.fingerprint = IdOf("m1", 7).fingerprint;
  kv::Batch batch;
  batch.Put(kv::FamilyId::kByMessage,
            index::ByMessageKey(world_.builder().preparer().messages().KeyOf("m1"),
                                mail::Part::kLifeCycle, {1}),
            log::EncodeRecord(header, ""));
  ASSERT_OK(world_.store().Write(batch, kv::Durability::kSynced));
  EXPECT_THAT(world_.events().Get(IdOf("m1", 7), WithRaw::kNo),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_OK(world_.events().Get(IdOf("m1", 2), WithRaw::kNo));
  // And the message's own answer leaves the stranger out.
  MT_ASSERT_OK_AND_ASSIGN(const auto answer, world_.messages().Get("m1", query::WithTrail::kYes));
  EXPECT_EQ(answer.trail.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Stores, GetEventTest,
                         ::testing::Values(StoreKind::kMemory, StoreKind::kRocks), NameOf);

}  // namespace
}  // namespace mailtrail::test
