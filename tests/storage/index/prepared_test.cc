#include "storage/index/prepared.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/index/index_set.h"
#include "storage/index/terms_of.h"
#include "tests/support/sample_events.h"
#include "tests/support/status_matchers.h"
#include "tests/support/store_builder.h"

namespace mailtrail::index {
namespace {

using test::StatusIs;
using ::testing::HasSubstr;

class Preparing : public ::testing::Test {
 protected:
  Preparing() {
    auto set = MakeIndexSet({}, {"x-order-id"});
    EXPECT_OK(set);
    if (set.ok()) set_ = *std::move(set);
    set_.set_number(4);
  }

  Preparer preparer_{test::BuilderKeys()};
  storage::v1::IndexSet set_;
};

TEST_F(Preparing, WorksOutAllButWhatOnlyTheWriterKnows) {
  const NewEvent bounce = test::SampleBounce(7);
  const Prepared prepared = preparer_.Prepare(bounce, set_);
  EXPECT_EQ(prepared.header.kind, log::RecordKind::kEvent);
  EXPECT_EQ(prepared.header.retention_class, mail::RetentionClass::kFailure);
  EXPECT_EQ(prepared.header.clamped_time, UnixMillis{test::kSampleSent.value + 2'000});
  EXPECT_EQ(prepared.header.received_time, UnixMillis{});
  EXPECT_EQ(prepared.header.form, storage::v1::FORM_EVENT_PUBLISHING);
  EXPECT_EQ(prepared.header.type, storage::v1::EVENT_TYPE_BOUNCE);
  EXPECT_EQ(prepared.header.source, 1);
  EXPECT_EQ(prepared.header.index_set, 4);
  EXPECT_EQ(prepared.header.message_id, bounce.event.mail().message_id());
  EXPECT_EQ(prepared.header.fingerprint,
            preparer_.fingerprints().Of(prepared.header.message_id, bounce.canonical));
  EXPECT_EQ(prepared.body, bounce.event.SerializeAsString());
  EXPECT_EQ(prepared.raw, bounce.raw);
  EXPECT_EQ(prepared.message, preparer_.messages().KeyOf(prepared.header.message_id));
  EXPECT_EQ(prepared.shard_hash, preparer_.messages().ShardHashOf(prepared.header.message_id));
  EXPECT_EQ(prepared.part, mail::Part::kLifeCycle);
  EXPECT_EQ(prepared.event_time, UnixMillis{test::kSampleSent.value + 2'000});
  EXPECT_EQ(prepared.sent_time, test::kSampleSent);
  EXPECT_EQ(prepared.sequence, log::Sequence{});
  EXPECT_GE(prepared.bytes(), prepared.body.size() + prepared.raw.size());
}

TEST_F(Preparing, ClampsTheTimeFromBelowAndLeavesTheTopToTheWriter) {
  NewEvent early = test::SampleBounce(1);
  early.event.set_event_time_ms(test::kSampleSent.value - 5'000);
  EXPECT_EQ(preparer_.Prepare(early, set_).header.clamped_time, test::kSampleSent);
  EXPECT_EQ(preparer_.Prepare(early, set_).event_time.value, test::kSampleSent.value - 5'000);
  early.event.set_event_time_ms(test::kSampleSent.value + 400 * kMillisPerDay);
  EXPECT_EQ(preparer_.Prepare(early, set_).header.clamped_time.value, early.event.event_time_ms());
}

TEST_F(Preparing, TakesTheValuesOfIndexedHeadersIntoTheEvent) {
  NewEvent send = test::SampleSend(1);
  for (const std::string name : {"X-Order-Id", "Received", "X-ORDER-ID"}) {
    storage::v1::Header& header = send.headers.emplace_back();
    header.set_name(name);
    header.set_value(" 17 ");
  }
  const Prepared prepared = preparer_.Prepare(send, set_);
  storage::v1::Event event;
  ASSERT_TRUE(event.ParseFromString(prepared.body));
  ASSERT_EQ(event.indexed_headers_size(), 2);
  EXPECT_EQ(event.indexed_headers(0).name(), "x-order-id");
  EXPECT_EQ(event.indexed_headers(0).value(), " 17 ");
  EXPECT_THAT(prepared.listings, testing::Contains(preparer_.terms().Of(
                                     TermKind::kHeader, NamedValue("x-order-id", "17"))));
}

TEST_F(Preparing, FromAStoredRecordGivesTheSameRows) {
  test::RandomEvents events(1);
  for (std::uint64_t i = 1; i <= 200; ++i) {
    Prepared first = preparer_.Prepare(events.Next(), set_);
    first.header.received_time = {1'800'000'000'000};
    const std::string record = log::EncodeRecord(first.header, first.body);
    MT_ASSERT_OK_AND_ASSIGN(const Prepared again, preparer_.FromRecord({i}, record, set_));
    EXPECT_EQ(again.header, first.header);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.message, first.message);
    EXPECT_EQ(again.shard_hash, first.shard_hash);
    EXPECT_EQ(again.part, first.part);
    EXPECT_EQ(again.event_time, first.event_time);
    EXPECT_EQ(again.sent_time, first.sent_time);
    EXPECT_EQ(again.postings, first.postings);
    EXPECT_EQ(again.listings, first.listings);
    EXPECT_EQ(again.raw, "");
    EXPECT_EQ(again.sequence, log::Sequence{i});
  }
}

TEST_F(Preparing, FromAControlRecordGivesNoRows) {
  log::RecordHeader header;
  header.kind = log::RecordKind::kControl;
  MT_ASSERT_OK_AND_ASSIGN(const Prepared control,
                          preparer_.FromRecord({1}, log::EncodeRecord(header, "body"), set_));
  EXPECT_EQ(control.body, "body");
  EXPECT_TRUE(control.postings.empty() && control.listings.empty());
}

TEST_F(Preparing, FromARecordThatCannotBeReadIsDataLoss) {
  Prepared prepared = preparer_.Prepare(test::SampleSend(1), set_);
  EXPECT_THAT(preparer_.FromRecord({9}, log::EncodeRecord(prepared.header, "\xff"), set_),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("record 9")));
  EXPECT_THAT(preparer_.FromRecord({9}, "", set_), StatusIs(absl::StatusCode::kDataLoss));
  log::RecordHeader other = prepared.header;
  other.message_id = "another";
  EXPECT_THAT(preparer_.FromRecord({9}, log::EncodeRecord(other, prepared.body), set_),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("another event")));
  other = prepared.header;
  other.type = storage::v1::EVENT_TYPE_OPEN;
  EXPECT_THAT(preparer_.FromRecord({9}, log::EncodeRecord(other, prepared.body), set_),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("another event")));
}

}  // namespace
}  // namespace mailtrail::index
