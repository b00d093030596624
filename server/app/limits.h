#pragma once

#include <chrono>
#include <cstddef>

#include "ingest/http/limits.h"
#include "ingest/sns/limits.h"
#include "storage/query/limits.h"
#include "storage/writer/limits.h"

namespace mailtrail::server::app {

// How often configuration file and certificate folder are looked at.
inline constexpr std::chrono::milliseconds kReloadEvery{1'000};

// Connections of the metrics listener: kubelet, Prometheus and a curious operator.
inline constexpr std::size_t kMetricsConnectionsMax = 64;

// How the modules' limits hang together.
static_assert(ingest::sns::kBodyBytesMax >= ingest::http::kBodyBytesMax,
              "what the listener lets through, the envelope's reader must take");
static_assert(writer::kQueueBytesMax >= 16 * ingest::http::kBodyBytesMax,
              "a few large pushes must not fill the queue");
static_assert(ingest::http::kAnswerMs > ingest::sns::kFlightMillisMax,
              "a push that waits for a certificate must still be answered");

}  // namespace mailtrail::server::app
