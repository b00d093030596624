#include "clients/cpp/backoff.h"

#include <algorithm>

namespace mailtrail::client {

std::int64_t Backoff::NextMs() {
  const std::int64_t whole = whole_ms_;
  whole_ms_ = std::min(2 * whole_ms_, kBackoffLastMs);
  return std::uniform_int_distribution<std::int64_t>(whole / 2, whole)(random_);
}

}  // namespace mailtrail::client
