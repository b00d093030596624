#include "clients/cli/time_flags.h"

#include <algorithm>
#include <cstdint>

#include "storage/base/duration.h"
#include "storage/base/status.h"

namespace mailtrail::cli {
namespace {

constexpr std::string_view kMidnight = "T00:00:00";

UnixMillis FromTimestamp(const google::protobuf::Timestamp& t) {
  return {t.seconds() * kMillisPerSecond + t.nanos() / 1'000'000};
}

}  // namespace

absl::StatusOr<UnixMillis> ParseTimeFlag(std::string_view flag, std::string_view text,
                                         UnixMillis now) {
  if (const auto ago = ParseDurationMillis(text)) {
    return UnixMillis{std::max(now.value - *ago, std::int64_t{0})};
  }
  // As given, without a zone, without a time.
  for (const std::string& spelling :
       {std::string(text), Cat(text, "Z"), Cat(text, kMidnight, "Z")}) {
    if (const auto time = ParseTime(spelling)) return *time;
  }
  return MakeStatus(
      absl::StatusCode::kInvalidArgument, flag, ": '", text,
      "' is no time; write RFC 3339 (2026-11-24T09:00:00Z; without a zone it is UTC), a "
      "date, or how long ago (24h, 7d)");
}

google::protobuf::Timestamp ToTimestamp(UnixMillis t) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(t.value / kMillisPerSecond);
  timestamp.set_nanos(static_cast<int>(t.value % kMillisPerSecond) * 1'000'000);
  return timestamp;
}

std::string ShowTime(const google::protobuf::Timestamp& t) {
  if (t.seconds() == 0 && t.nanos() == 0) return "-";
  return FormatTime(FromTimestamp(t));
}

}  // namespace mailtrail::cli
