#pragma once

// The whole server but for its process: opened in the order of its parts, drained and closed in
// reverse. Tests run it in-process, with a clock, a transport and a store of their own.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ingest/sns/fetch_function.h"
#include "server/config/config.h"
#include "server/observe/prometheus_registry.h"
#include "storage/base/clock.h"
#include "storage/base/logger.h"
#include "storage/kv/store.h"

namespace mailtrail::server::app {

// What the process gives to the server. All but the optional parts must outlive it.
struct Surroundings {
  const Clock& clock;
  Logger& logger;
  observe::PrometheusRegistry& metrics;
  // For tests: nullopt makes real HTTPS requests.
  std::optional<ingest::sns::FetchFunction> fetch;
  // For tests: null opens RocksDB in the data folder.
  std::unique_ptr<kv::Store> store;
};

// Where the server listens, after port 0 too.
struct Ports {
  std::uint16_t http = 0;
  std::uint16_t grpc = 0;
  std::uint16_t metrics = 0;
};

// Thread-safe.
class App {
 public:
  // Ready when it returns. Errors are one sentence for the operator.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<App>> Start(config::Config config,
                                                                  Surroundings surroundings);
  // As Drain() with no patience.
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  [[nodiscard]] Ports ports() const;

  // Readiness goes off, no push is taken any more; those in flight are answered, streams end with
  // UNAVAILABLE and their last cursor, the writer carries out what it has. Takes at most about
  // Config::drain_ms. Idempotent.
  void Drain();

 private:
  class Parts;
  explicit App(std::unique_ptr<Parts> parts);
  const std::unique_ptr<Parts> parts_;
};

}  // namespace mailtrail::server::app
