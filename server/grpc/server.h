#pragma once

// The gRPC server: its services, its limits, and how it stops.
//
//   auto server = Server::Start(options, {shared, metrics, logger});
//   (*server)->SetServing(true);
//   ... SIGTERM ...
//   (*server)->Drain(10s);     // Clients hear where to go on, and go elsewhere.
//   (*server)->Shutdown(5s);   // The rest is cut off.
//
// It listens in clear: what is reachable from elsewhere belongs behind a proxy that speaks TLS,
// also since gRPC 1.51 can be made to take gigabytes by streams that are reset at once (measured;
// the proxy absorbs them).

#include <chrono>
#include <memory>

#include "absl/status/statusor.h"
#include "server/api/shared.h"
#include "server/grpc/options.h"
#include "storage/base/logger.h"
#include "storage/base/metrics.h"

namespace mailtrail::server::wire {

// What the server stands on; must outlive it.
struct Parts {
  api::Shared& shared;
  MetricRegistry& metrics;
  Logger& logger;
};

// Thread-safe, but for the destructor.
class Server {
 public:
  // Listens and answers. kUnavailable, in one sentence, when the address cannot be had: in use, or
  // not this machine's. Health says NOT_SERVING until SetServing.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<Server>> Start(const Options& options,
                                                                     const Parts& parts);
  // Cuts off what is left.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The port that it listens on.
  [[nodiscard]] int port() const;
  // What Health says: false while the store cannot be read.
  void SetServing(bool serving);

  // Refuses new calls with DRAINING, lets Health say NOT_SERVING, and ends every stream with
  // DRAINING and its last cursor. Returns when all streams are gone, or after `wait`. Calls that
  // are being answered go on.
  void Drain(std::chrono::milliseconds wait);
  // Stops listening, lets calls end until `wait` has passed, cancels the rest, and returns when
  // nothing is left. A second call does nothing.
  void Shutdown(std::chrono::milliseconds wait);

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);

  const std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrail::server::wire
