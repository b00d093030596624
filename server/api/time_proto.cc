#include "server/api/time_proto.h"

#include <algorithm>
#include <cstdint>

namespace mailtrail::server::api {
namespace {

constexpr std::int64_t kNanosPerMilli = 1'000'000;
constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
// What timestamp.proto and duration.proto allow: the years 1 to 9999, and some 10,000 years.
constexpr std::int64_t kTimestampSecondsMin = -62'135'596'800;
constexpr std::int64_t kTimestampSecondsMax = 253'402'300'799;
constexpr std::int64_t kDurationSecondsMax = 315'576'000'000;

}  // namespace

google::protobuf::Timestamp ToTimestamp(UnixMillis t) {
  std::int64_t seconds = t.value / kMillisPerSecond;
  std::int64_t millis = t.value % kMillisPerSecond;
  if (millis < 0) {  // A Timestamp's nanos count forward, before 1970 too.
    --seconds;
    millis += kMillisPerSecond;
  }
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(static_cast<std::int32_t>(millis * kNanosPerMilli));
  return timestamp;
}

google::protobuf::Duration ToDuration(std::int64_t millis) {
  google::protobuf::Duration duration;  // Both parts have the same sign.
  duration.set_seconds(millis / kMillisPerSecond);
  duration.set_nanos(static_cast<std::int32_t>(millis % kMillisPerSecond * kNanosPerMilli));
  return duration;
}

std::optional<UnixMillis> FromTimestamp(const google::protobuf::Timestamp& t) {
  if (t.seconds() < kTimestampSecondsMin || t.seconds() > kTimestampSecondsMax || t.nanos() < 0 ||
      t.nanos() >= kNanosPerSecond) {
    return std::nullopt;
  }
  const UnixMillis millis{t.seconds() * kMillisPerSecond +
                          (t.nanos() + kNanosPerMilli - 1) / kNanosPerMilli};
  return std::clamp(millis, UnixMillis{}, kUnixMillisMax);
}

std::optional<std::int64_t> FromDuration(const google::protobuf::Duration& d) {
  if (d.seconds() < -kDurationSecondsMax || d.seconds() > kDurationSecondsMax ||
      d.nanos() <= -kNanosPerSecond || d.nanos() >= kNanosPerSecond) {
    return std::nullopt;
  }
  return d.seconds() * kMillisPerSecond + d.nanos() / kNanosPerMilli;
}

}  // namespace mailtrail::server::api
