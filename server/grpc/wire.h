#pragma once

#include <cstdint>

#include "server/grpc/pumps.h"
#include "server/grpc/rpc_metrics.h"
#include "server/grpc/stream_registry.h"
#include "storage/base/clock.h"
#include "storage/base/logger.h"

namespace mailtrail::server::wire {

// What all calls of one server share. Everything outlives the last call.
struct Wire {
  Pumps& pumps;
  StreamRegistry& streams;
  RpcMetrics& metrics;
  Logger& logger;
  const Clock& clock;
  std::int64_t stream_age_ms = 0;
};

}  // namespace mailtrail::server::wire
