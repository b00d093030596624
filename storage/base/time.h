#pragma once

// Points in time as SES writes them and as we store them: milliseconds since 1970, UTC.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailtrail {

// Milliseconds since 1970-01-01T00:00:00Z. Stored as u48: 0 to the year 10889.
struct UnixMillis {
  std::int64_t value = 0;
  friend auto operator<=>(const UnixMillis&, const UnixMillis&) = default;
};

inline constexpr std::int64_t kMillisPerSecond = 1'000;
inline constexpr std::int64_t kMillisPerMinute = 60 * kMillisPerSecond;
inline constexpr std::int64_t kMillisPerHour = 60 * kMillisPerMinute;
inline constexpr std::int64_t kMillisPerDay = 24 * kMillisPerHour;
// The largest that u48 holds.
inline constexpr UnixMillis kUnixMillisMax{(std::int64_t{1} << 48) - 1};

[[nodiscard]] constexpr std::uint32_t SecondOf(UnixMillis t) {
  return static_cast<std::uint32_t>(t.value / kMillisPerSecond);
}
[[nodiscard]] constexpr std::uint32_t MinuteOf(UnixMillis t) {
  return static_cast<std::uint32_t>(t.value / kMillisPerMinute);
}
[[nodiscard]] constexpr std::uint32_t HourOf(UnixMillis t) {
  return static_cast<std::uint32_t>(t.value / kMillisPerHour);
}

// Reads RFC 3339 as SES and ISPs write it: "2026-11-20T10:00:00.123Z", an offset (+01:00 or +0100)
// instead of Z, no fraction or one of up to nine digits (cut to milliseconds), and SES's documented
// oddity "2018-10-08T14:05:45 +0000". A leap second, :60, is read as the last millisecond of its
// minute, since Unix time has no room for it. Nullopt for anything else, for days that no calendar
// has, and outside 0..kUnixMillisMax.
[[nodiscard]] std::optional<UnixMillis> ParseTime(std::string_view text);

// "2026-11-20T10:00:00.123Z", always with three digits and Z.
[[nodiscard]] std::string FormatTime(UnixMillis t);

}  // namespace mailtrail
