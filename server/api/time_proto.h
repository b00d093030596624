#pragma once

// Points in time between our form and protobuf's.

#include <optional>

#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "storage/base/time.h"

namespace mailtrail::server::api {

[[nodiscard]] google::protobuf::Timestamp ToTimestamp(UnixMillis t);
[[nodiscard]] google::protobuf::Duration ToDuration(std::int64_t millis);

// The first of our milliseconds that is not before `t`, so that both ends of a half-open range keep
// their meaning; clamped into what can be stored. Nullopt when `t` is no valid Timestamp.
[[nodiscard]] std::optional<UnixMillis> FromTimestamp(const google::protobuf::Timestamp& t);
// Cut to milliseconds. Nullopt when `d` is no valid Duration.
[[nodiscard]] std::optional<std::int64_t> FromDuration(const google::protobuf::Duration& d);

}  // namespace mailtrail::server::api
