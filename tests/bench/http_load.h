#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mailtrail::bench {

struct LoadReport {
  double seconds = 0;
  std::size_t ok = 0;
  std::size_t failed = 0;  // Answered with anything but 200.
  double p50_ms = 0;
  double p99_ms = 0;
};

// Posts each body once over keep-alive connections on loopback, one request in flight on each, from
// one thread. Ends when all are answered; aborts when a connection breaks.
[[nodiscard]] LoadReport PostAll(std::uint16_t port, const std::vector<std::string>& bodies,
                                 std::size_t connections);

}  // namespace mailtrail::bench
