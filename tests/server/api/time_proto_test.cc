#include "server/api/time_proto.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace mailtrail::server::api {
namespace {

using ::testing::Optional;

google::protobuf::Timestamp Stamp(std::int64_t seconds, std::int32_t nanos) {
  google::protobuf::Timestamp t;
  t.set_seconds(seconds);
  t.set_nanos(nanos);
  return t;
}

google::protobuf::Duration Span(std::int64_t seconds, std::int32_t nanos) {
  google::protobuf::Duration d;
  d.set_seconds(seconds);
  d.set_nanos(nanos);
  return d;
}

TEST(TimeProto, KeepsMilliseconds) {
  EXPECT_THAT(FromTimestamp(ToTimestamp({1'795'168'800'123})),
              Optional(UnixMillis{1'795'168'800'123}));
  EXPECT_EQ(ToTimestamp({-1}).seconds(), -1);
  EXPECT_EQ(ToTimestamp({-1}).nanos(), 999'000'000);
}

TEST(TimeProto, RoundsUpSoThatHalfOpenRangesKeepTheirMeaning) {
  EXPECT_THAT(FromTimestamp(Stamp(1, 1)), Optional(UnixMillis{1'001}));
  EXPECT_THAT(FromTimestamp(Stamp(1, 1'000'000)), Optional(UnixMillis{1'001}));
  EXPECT_THAT(FromTimestamp(Stamp(1, 999'999'999)), Optional(UnixMillis{2'000}));
}

TEST(TimeProto, ClampsIntoWhatCanBeStored) {
  EXPECT_THAT(FromTimestamp(Stamp(-62'135'596'800, 0)), Optional(UnixMillis{0}));
  EXPECT_THAT(FromTimestamp(Stamp(253'402'300'799, 999'999'999)),
              Optional(UnixMillis{253'402'300'800'000}));
}

TEST(TimeProto, RefusesWhatIsNoTimestampOrDuration) {
  EXPECT_FALSE(FromTimestamp(Stamp(-62'135'596'801, 0)));
  EXPECT_FALSE(FromTimestamp(Stamp(253'402'300'800, 0)));
  EXPECT_FALSE(FromTimestamp(Stamp(0, -1)));
  EXPECT_FALSE(FromTimestamp(Stamp(0, 1'000'000'000)));
  EXPECT_FALSE(FromDuration(Span(315'576'000'001, 0)));
  EXPECT_FALSE(FromDuration(Span(-315'576'000'001, 0)));
  EXPECT_FALSE(FromDuration(Span(0, 1'000'000'000)));
}

TEST(TimeProto, DurationsKeepTheirSign) {
  EXPECT_EQ(ToDuration(-1'500).seconds(), -1);
  EXPECT_EQ(ToDuration(-1'500).nanos(), -500'000'000);
  EXPECT_THAT(FromDuration(ToDuration(-1'500)), Optional(-1'500));
  EXPECT_THAT(FromDuration(Span(2, 999'999)), Optional(2'000));
}

}  // namespace
}  // namespace mailtrail::server::api
