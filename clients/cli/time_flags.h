#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/timestamp.pb.h"
#include "storage/base/time.h"

namespace mailtrail::cli {

// A time on the command line: "24h" or "7d" (so long ago), RFC 3339 ("2026-11-24T09:00:00+09:00"),
// or the same without a zone or without a time, which are UTC whatever TZ says. kInvalidArgument in
// one sentence for anything else.
[[nodiscard]] absl::StatusOr<UnixMillis> ParseTimeFlag(std::string_view flag, std::string_view text,
                                                       UnixMillis now);

[[nodiscard]] google::protobuf::Timestamp ToTimestamp(UnixMillis t);

// "2026-11-24T09:00:00.123Z"; "-" for one that is not set.
[[nodiscard]] std::string ShowTime(const google::protobuf::Timestamp& t);

}  // namespace mailtrail::cli
