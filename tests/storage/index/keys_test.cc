// Golden bytes of every derived family's keys and values.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "storage/index/by_message.h"
#include "storage/index/listings.h"
#include "storage/index/postings.h"
#include "storage/index/seen.h"
#include "storage/kv/memory/store.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::index {
namespace {

using test::StatusIs;
using ::testing::ElementsAre;

constexpr mail::MessageKey kMessage{
    {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'}};
constexpr std::string_view kMessageHex = "30313233343536373839616263646566";

// An event with one term of each sort and nothing that needs hashing.
Prepared SamplePrepared() {
  Prepared prepared;
  prepared.header = {.retention_class = mail::RetentionClass::kFailure,
                     .clamped_time = {5 * kMillisPerHour + 1},
                     .received_time = {6 * kMillisPerHour},
                     .form = storage::v1::FORM_EVENT_PUBLISHING,
                     .type = storage::v1::EVENT_TYPE_BOUNCE,
                     .source = 0x0102,
                     .index_set = 1,
                     .fingerprint = {{'f', 'i', 'n', 'g', 'e', 'r', 'p', 'r', 'n', 't'}},
                     .message_id = "m-1"};
  prepared.body = "body";
  prepared.message = kMessage;
  prepared.shard_hash = 0x0304;
  prepared.part = mail::Part::kEngagement;
  prepared.event_time = {3 * kMillisPerMinute + 59'999};
  prepared.sent_time = {0x0A0B * kMillisPerSecond + 999};
  prepared.postings = {{{0x11}, mail::Involvement::kNamed}, {{0x22}, mail::Involvement::kAffected}};
  prepared.listings = {{0x22}, {0x33}};
  prepared.sequence = {0x0506};
  return prepared;
}

// Rows that a projection lays, as "key -> value" in hexadecimal.
std::vector<std::string> Laid(std::unique_ptr<Projection> projection) {
  kv::Batch batch;
  EXPECT_OK(projection->Apply(SamplePrepared(), batch));
  projection->Finish(batch);
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    EXPECT_EQ(batch.row(i).family, projection->family());
    EXPECT_EQ(batch.row(i).op, kv::Batch::Op::kPut);
    rows.push_back(Cat(HexEncode(batch.row(i).key), " -> ", HexEncode(batch.row(i).value)));
  }
  return rows;
}

TEST(ByMessage, HasTheseBytes) {
  const Prepared prepared = SamplePrepared();
  EXPECT_THAT(Laid(MakeByMessage()),
              ElementsAre(Cat(kMessageHex, "01", "0000000000000506", " -> ",
                              HexEncode(log::EncodeRecord(prepared.header, prepared.body)))));
}

TEST(ByMessage, KeysAreReadAsTheyWereWritten) {
  MT_ASSERT_OK_AND_ASSIGN(const ByMessagePlace place,
                          ParseByMessageKey(ByMessageKey(kMessage, mail::Part::kEngagement, {7})));
  EXPECT_EQ(place.message, kMessage);
  EXPECT_EQ(place.part, mail::Part::kEngagement);
  EXPECT_EQ(place.sequence, log::Sequence{7});
  EXPECT_EQ(HexEncode(ByMessagePrefix(kMessage)), kMessageHex);
  EXPECT_EQ(HexEncode(ByMessagePrefix(kMessage, mail::Part::kLifeCycle)), Cat(kMessageHex, "00"));
  EXPECT_THAT(ParseByMessageKey(kMessage.view()), StatusIs(absl::StatusCode::kDataLoss));
  std::string other_part = ByMessageKey(kMessage, mail::Part::kEngagement, {7});
  other_part[16] = 2;
  EXPECT_THAT(ParseByMessageKey(other_part), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(Seen, HasTheseBytes) {
  EXPECT_THAT(Laid(MakeSeen()), ElementsAre("00000003"              // minute of the event's time
                                            "66696e67657270726e74"  // fingerprint
                                            " -> "
                                            "0000000000000506"  // sequence
                                            "03"                // class
                                            "00000005"));       // hour of the clamped time
}

TEST(Seen, RowsAreReadAsTheyWereWritten) {
  const auto value = HexDecode("00000000000005060300000005");
  EXPECT_THAT(ParseSeenRow(*value),
              test::IsOkAndHolds(SeenRow{{0x0506}, mail::RetentionClass::kFailure, 5}));
  EXPECT_THAT(ParseSeenRow(value->substr(1)), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ParseSeenRow(*value + "x"), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(Postings, HaveTheseBytes) {
  // class, type, form, clamped time, involvement, source, shard hash
  const std::string_view before =
      "0305010000"
      "0112a881";
  const std::string_view after = "01020304";
  EXPECT_THAT(
      Laid(MakePostings()),
      ElementsAre(Cat("0000000000000011", "0000000000000506", " -> ", before, "01", after),
                  Cat("0000000000000022", "0000000000000506", " -> ", before, "03", after)));
}

TEST(Postings, RowsAreReadAsTheyWereWritten) {
  const auto value = HexDecode("03050100000112a8810301020304");
  const PostingRow row{mail::RetentionClass::kFailure,
                       storage::v1::EVENT_TYPE_BOUNCE,
                       storage::v1::FORM_EVENT_PUBLISHING,
                       {5 * kMillisPerHour + 1},
                       mail::Involvement::kAffected,
                       0x0102,
                       0x0304};
  EXPECT_THAT(ParsePostingRow(*value), test::IsOkAndHolds(row));
  EXPECT_THAT(ParsePostingRow(value->substr(1)), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ParsePostingRow(*value + "x"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(SequenceOfPostingsKey(PostingsKey({1}, {7})), test::IsOkAndHolds(log::Sequence{7}));
  EXPECT_THAT(SequenceOfPostingsKey(PostingsPrefix({1})), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(Listings, HaveTheseBytes) {
  EXPECT_THAT(Laid(MakeListings()),
              ElementsAre(Cat("0000000000000022", "00000a0b", kMessageHex, " -> "),
                          Cat("0000000000000033", "00000a0b", kMessageHex, " -> ")));
}

TEST(Listings, KeysAreReadAsTheyWereWritten) {
  MT_ASSERT_OK_AND_ASSIGN(const ListingPlace place,
                          ParseListingsKey(ListingsKey({1}, 0x0A0B, kMessage)));
  EXPECT_EQ(place.sent_second, 0x0A0BU);
  EXPECT_EQ(place.message, kMessage);
  EXPECT_THAT(ParseListingsKey(ListingsPrefix({1})), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace mailtrail::index
