#pragma once

// Values of flags as people write them.

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "storage/base/logger.h"

namespace mailtrail::server::config {

// "512MiB", "1GiB", "64KiB", or bytes.
[[nodiscard]] absl::StatusOr<std::size_t> ParseSize(const std::string& text);
// "20s", "1h30m", "7d"; see storage/base/duration.h.
[[nodiscard]] absl::StatusOr<std::int64_t> ParseDuration(const std::string& text);
// "debug", "info", "warning", "error".
[[nodiscard]] absl::StatusOr<LogLevel> ParseLogLevel(const std::string& text);

}  // namespace mailtrail::server::config
