#pragma once

#include <cstdint>
#include <random>

#include "clients/cpp/limits.h"

namespace mailtrail::client {

// How long to wait before the next attempt: between half and the whole of a time that doubles from
// kBackoffFirstMs to kBackoffLastMs, so that many clients of one restarted server come back spread.
// Not thread-safe.
class Backoff {
 public:
  explicit Backoff(std::uint32_t seed) : random_(seed) {}
  [[nodiscard]] std::int64_t NextMs();
  // Something was achieved: start over.
  void Reset() { whole_ms_ = kBackoffFirstMs; }

 private:
  // Not std::minstd_rand: clients with neighbouring seeds would wait alike.
  std::mt19937 random_;
  std::int64_t whole_ms_ = kBackoffFirstMs;
};

}  // namespace mailtrail::client
