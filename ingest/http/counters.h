#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "ingest/http/refusal.h"
#include "storage/base/metrics.h"

namespace mailtrail::ingest::http {

// The listener's metrics, all labelled listener="<name>". Thread-safe.
class Counters {
 public:
  Counters(MetricRegistry& registry, const std::string& listener);

  // mailtrail_http_connections_open, _connections_total.
  void Opened();
  void Closed();
  // mailtrail_http_requests_total{status}: responses by status, refusals included; a status that is
  // not ours counts as "other".
  void Answered(int status);
  // mailtrail_http_received_bytes_total.
  void Received(std::size_t bytes);
  // mailtrail_http_refusals_total{reason}: what the listener itself answered.
  void Refused(Refusal refusal);

 private:
  static constexpr std::array<int, 12> kStatuses = {200, 400, 401, 403, 404, 405,
                                                    408, 413, 415, 417, 431, 503};
  Gauge* open_;
  Counter* opened_;
  Counter* received_;
  Counter* other_;
  std::array<Counter*, kStatuses.size()> by_status_;
  std::array<Counter*, kRefusals> by_refusal_;
};

}  // namespace mailtrail::ingest::http
