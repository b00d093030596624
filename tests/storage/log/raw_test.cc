#include "storage/log/raw.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::log {
namespace {

using test::StatusIs;

constexpr mail::MessageKey kMessage{
    {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'}};

TEST(Raw, HasTheseBytes) {
  EXPECT_EQ(HexEncode(RawKey(kMessage, {0x0A0B})),
            "30313233343536373839616263646566"
            "0000000000000a0b");
  EXPECT_EQ(HexEncode(EncodeRaw(mail::RetentionClass::kEngagement, {0x0191'2345'6789}, "{}")),
            "01"            // version
            "02"            // class
            "019123456789"  // clamped time
            "7b7d");        // SES's bytes
}

TEST(Raw, IsReadAsItWasWritten) {
  const std::string json("{\"a\":\"\0\xff\"}", 10);
  const std::string value = EncodeRaw(mail::RetentionClass::kFailure, {17}, json);
  MT_ASSERT_OK_AND_ASSIGN(const RawView view, DecodeRaw(value));
  EXPECT_EQ(view.retention_class, mail::RetentionClass::kFailure);
  EXPECT_EQ(view.clamped_time, UnixMillis{17});
  EXPECT_EQ(view.json, json);

  MT_ASSERT_OK_AND_ASSIGN(const RawPlace place, ParseRawKey(RawKey(kMessage, {7})));
  EXPECT_EQ(place.message, kMessage);
  EXPECT_EQ(place.sequence, Sequence{7});
}

TEST(Raw, ThatIsNoneIsDataLoss) {
  const std::string value = EncodeRaw(mail::RetentionClass::kFailure, {17}, "");
  EXPECT_EQ(value.size(), kRawHeaderBytes);
  EXPECT_THAT(DecodeRaw(value.substr(1)), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(DecodeRaw("\2" + value.substr(1)), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ParseRawKey(RawKey(kMessage, {7}).substr(1)), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ParseRawKey(RawKey(kMessage, {7}) + "x"), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace mailtrail::log
