#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "ingest/http/counters.h"
#include "ingest/http/options.h"
#include "ingest/http/router.h"
#include "storage/base/clock.h"
#include "storage/base/logger.h"
#include "storage/base/mutex.h"

namespace mailtrail::ingest::http {

// What all connections of one listener share: settings, routes, counters, and how far the end is.
// Thread-safe. Outlives every connection.
class Service {
 public:
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

  Service(Options options, Router router, const Clock& clock, MetricRegistry& metrics,
          Logger& logger)
      : options(std::move(options)),
        router(std::move(router)),
        clock(clock),
        logger(logger),
        counters(metrics, this->options.name) {}

  // Takes a place for a connection; false when connections_max are taken.
  bool TryOpen();
  void Close();
  // The acceptor takes no more; until then a new connection may still come.
  void AcceptorClosed();
  // Blocks until the acceptor and every connection are closed.
  void WaitUntilEmpty();

  void BeginDrain(std::int64_t cut_at_ms);
  [[nodiscard]] bool draining() const { return cut_at_ms_.load() != kNever; }
  // The steady time from which on what is still open is cut off.
  [[nodiscard]] std::int64_t cut_at_ms() const { return cut_at_ms_.load(); }
  void CountCut() { ++cut_; }
  [[nodiscard]] std::size_t cut() const { return cut_.load(); }

  const Options options;
  const Router router;
  const Clock& clock;
  Logger& logger;
  Counters counters;

 private:
  std::atomic<std::int64_t> cut_at_ms_{kNever};
  std::atomic<std::size_t> cut_{0};
  Mutex mu_;
  CondVar empty_;
  std::size_t open_ ABSL_GUARDED_BY(mu_) = 0;
  bool accepting_ ABSL_GUARDED_BY(mu_) = true;
};

}  // namespace mailtrail::ingest::http
