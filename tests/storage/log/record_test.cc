#include "storage/log/record.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::log {
namespace {

using test::StatusIs;
using ::testing::HasSubstr;

RecordHeader SampleHeader() {
  return {.kind = RecordKind::kEvent,
          .retention_class = mail::RetentionClass::kFailure,
          .clamped_time = {0x0000'0191'2345'6789},
          .received_time = {0x0000'0191'2345'678A},
          .form = storage::v1::FORM_IDENTITY_NOTIFICATION,
          .type = storage::v1::EVENT_TYPE_BOUNCE,
          .source = 0x0102,
          .index_set = 0x0304,
          .fingerprint = {{'f', 'i', 'n', 'g', 'e', 'r', 'p', 'r', 'n', 't'}},
          .message_id = "m-1"};
}

TEST(Record, HasTheseBytes) {
  EXPECT_EQ(HexEncode(EncodeRecord(SampleHeader(), "body")),
            "01"                // version
            "01"                // kind
            "03"                // class
            "019123456789"      // clamped time
            "01912345678a"      // received time
            "02"                // form
            "05"                // type
            "0102"              // source
            "0304"              // index set
            "66696e6765727072"  // fingerprint
            "6e74"              //
            "03"                // bytes of the message id
            "6d2d31"            // message id
            "626f6479");        // body
}

TEST(Record, IsReadAsItWasWritten) {
  const std::string bytes = EncodeRecord(SampleHeader(), "body");
  MT_ASSERT_OK_AND_ASSIGN(const RecordView view, DecodeRecord(bytes));
  EXPECT_EQ(view.header, SampleHeader());
  EXPECT_EQ(view.body, "body");
}

TEST(Record, OfAnOperatorHasNoMessage) {
  const RecordHeader control{
      .kind = RecordKind::kControl, .clamped_time = {1}, .received_time = {1}};
  const std::string bytes = EncodeRecord(control, "");
  EXPECT_EQ(bytes.size(), 32U);
  MT_ASSERT_OK_AND_ASSIGN(const RecordView view, DecodeRecord(bytes));
  EXPECT_EQ(view.header, control);
}

TEST(Record, CutOffAnywhereBeforeTheBodyIsDataLoss) {
  const std::string whole = EncodeRecord(SampleHeader(), "");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_THAT(DecodeRecord(whole.substr(0, length)), StatusIs(absl::StatusCode::kDataLoss))
        << length;
  }
}

TEST(Record, OfAnotherVersionOrKindIsDataLoss) {
  std::string bytes = EncodeRecord(SampleHeader(), "body");
  bytes[0] = 2;
  EXPECT_THAT(DecodeRecord(bytes),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("unknown version 2")));
  bytes[0] = 1;
  for (const char kind : {'\0', '\3'}) {
    bytes[1] = kind;
    EXPECT_THAT(DecodeRecord(bytes),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("unknown kind")));
  }
}

TEST(Record, HoldsTheLongestMessageId) {
  RecordHeader header = SampleHeader();
  header.message_id = std::string(128, 'x');
  const std::string bytes = EncodeRecord(header, "b");
  MT_ASSERT_OK_AND_ASSIGN(const RecordView view, DecodeRecord(bytes));
  EXPECT_EQ(view.header.message_id, header.message_id);
  EXPECT_EQ(view.body, "b");
}

}  // namespace
}  // namespace mailtrail::log
