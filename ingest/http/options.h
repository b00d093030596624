#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "ingest/http/limits.h"

namespace mailtrail::ingest::http {

// What can be set of one listener. Times in milliseconds; what each is for stands in limits.h.
struct Options {
  // Names threads ("<name>-0") and labels metrics and log lines; at most 12 characters, lower case.
  std::string name = "http";
  // HOST:PORT. "127.0.0.1:8080", "[::1]:8080"; ":8080" and "*:8080" take IPv6 and IPv4, or IPv4
  // alone where the machine has no IPv6; a name is looked up once. Port 0 lets the system choose.
  std::string listen = "127.0.0.1:0";
  int threads = 1;
  std::size_t connections_max = kConnectionsMax;
  std::int64_t idle_ms = kIdleMs;
  std::int64_t head_ms = kHeadMs;
  std::int64_t body_ms = kBodyMs;
  std::int64_t answer_ms = kAnswerMs;
  std::int64_t write_ms = kWriteMs;
  std::int64_t linger_ms = kLingerMs;
  std::int64_t sweep_ms = kSweepMs;
};

// kInvalidArgument with a sentence that names the option.
[[nodiscard]] absl::Status Validate(const Options& options);

}  // namespace mailtrail::ingest::http
