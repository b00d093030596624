#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "server/grpc/limits.h"

namespace mailtrail::server::wire {

// What can be set of the gRPC server. Times in milliseconds; what each is for stands in limits.h.
struct Options {
  // HOST:PORT; "[::]:8026" takes IPv6 and IPv4. Port 0 lets the system choose.
  std::string listen = "127.0.0.1:0";
  int pumps = 2;  // Threads that read for lists and streams.
  std::size_t streams_max = kStreamsMax;
  std::size_t pump_queue_max = kPumpQueueMax;
  int connection_age_ms = kConnectionAgeMs;
  int connection_grace_ms = kConnectionGraceMs;
  std::int64_t stream_age_ms = kStreamAgeMs;
};

}  // namespace mailtrail::server::wire
