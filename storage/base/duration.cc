#include "storage/base/duration.h"

#include "absl/strings/numbers.h"
#include "absl/time/time.h"
#include "storage/base/text.h"
#include "storage/base/time.h"

namespace mailtrail {
namespace {

constexpr std::int64_t kMillisMax = 100 * 366 * kMillisPerDay;

}  // namespace

std::optional<std::int64_t> ParseDurationMillis(std::string_view text) {
  std::int64_t millis = 0;
  if (text.ends_with('d')) {
    std::uint32_t days = 0;
    if (!absl::SimpleAtoi(ToAbsl(text.substr(0, text.size() - 1)), &days)) return std::nullopt;
    millis = std::int64_t{days} * kMillisPerDay;
  } else {
    absl::Duration duration;
    // Abseil reads a bare "0" as a duration; here every duration has a unit.
    if (text == "0" || !absl::ParseDuration(ToAbsl(text), &duration)) return std::nullopt;
    if (duration < absl::ZeroDuration() || duration == absl::InfiniteDuration()) {
      return std::nullopt;
    }
    millis = absl::ToInt64Milliseconds(duration);
  }
  if (millis > kMillisMax) return std::nullopt;
  return millis;
}

}  // namespace mailtrail
