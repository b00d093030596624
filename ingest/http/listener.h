#pragma once

// An HTTP/1.1 server on TCP without TLS, for small requests with an answer that may come later:
//
//   auto listener = Listener::Start({.name = "push", .listen = ":8080", .threads = 2},
//                                   {{"POST", "/v1/sns", TakePush}}, SystemClock(), metrics,
//                                   logger);
//   ...
//   (*listener)->Drain(10'000);
//
// Keep-alive, pipelining, chunked and HTTP/1.0 bodies, Expect: 100-continue, HEAD. What is not
// well-formed, too large or too slow is refused before a handler sees it: refusal.h has the list,
// limits.h the numbers. Beyond Options::connections_max a connection is told 503 and closed.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "ingest/http/message.h"
#include "ingest/http/options.h"
#include "storage/base/clock.h"
#include "storage/base/logger.h"
#include "storage/base/metrics.h"

namespace mailtrail::ingest::http {

// Thread-safe, except for its destruction.
class Listener {
 public:
  // Listens and serves when it returns. kInvalidArgument: options, address or routes are wrong;
  // kUnavailable: cannot listen there. Either is one sentence that says what to do. `clock`,
  // `metrics` and `logger` must outlive the listener.
  static absl::StatusOr<std::unique_ptr<Listener>> Start(Options options, std::vector<Route> routes,
                                                         const Clock& clock,
                                                         MetricRegistry& metrics, Logger& logger);
  // Drains with no patience. A Respond that is still held may be called later, to no effect.
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // Where it listens; useful after port 0.
  [[nodiscard]] std::uint16_t port() const;

  // Stops listening, closes idle connections, lets each request that has begun be answered with
  // `Connection: close`, and returns when no connection is left. What is still open after
  // `within_ms` is cut off; returns how many those were. May be called again, from another thread
  // too: the earliest end counts.
  std::size_t Drain(std::int64_t within_ms);

 private:
  class Impl;
  explicit Listener(std::unique_ptr<Impl> impl);
  const std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrail::ingest::http
