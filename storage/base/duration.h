#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace mailtrail {

// A duration as flags and people write it, in milliseconds: "250ms", "10s", "1h30m", "7d". Only
// whole, non-negative numbers of days; no unit is no duration. Nullopt for anything else, and
// beyond 100 years.
[[nodiscard]] std::optional<std::int64_t> ParseDurationMillis(std::string_view text);

}  // namespace mailtrail
