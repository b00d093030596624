#include "server/config/flag_values.h"

#include <array>
#include <limits>
#include <string_view>
#include <utility>

#include "absl/strings/numbers.h"
#include "storage/base/duration.h"
#include "storage/base/status.h"

namespace mailtrail::server::config {

absl::StatusOr<std::size_t> ParseSize(const std::string& text) {
  static constexpr std::array<std::pair<std::string_view, std::uint64_t>, 3> kUnits = {
      {{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}}};
  std::string_view number = text;
  std::uint64_t factor = 1;
  for (const auto& [unit, bytes] : kUnits) {
    if (number.ends_with(unit)) {
      number.remove_suffix(unit.size());
      factor = bytes;
      break;
    }
  }
  std::uint64_t count = 0;
  // Abseil would take blanks and signs.
  const bool digits = number.find_first_not_of("0123456789") == std::string_view::npos;
  if (!digits || !absl::SimpleAtoi(ToAbsl(number), &count) ||
      count > std::numeric_limits<std::size_t>::max() / factor) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "'", text,
                      "' is no size; write it like 256MiB or 1GiB");
  }
  return count * factor;
}

absl::StatusOr<std::int64_t> ParseDuration(const std::string& text) {
  const auto millis = ParseDurationMillis(text);
  if (!millis) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "'", text,
                      "' is no duration; write it like 20s, 5m or 1h");
  }
  return *millis;
}

absl::StatusOr<LogLevel> ParseLogLevel(const std::string& text) {
  if (text == "debug") return LogLevel::kDebug;
  if (text == "info") return LogLevel::kInfo;
  if (text == "warning") return LogLevel::kWarning;
  if (text == "error") return LogLevel::kError;
  return MakeStatus(absl::StatusCode::kInvalidArgument, "'", text,
                    "' is no log level; take debug, info, warning or error");
}

}  // namespace mailtrail::server::config
