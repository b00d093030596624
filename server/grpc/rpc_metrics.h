#pragma once

// What is counted of calls: by method and code how many, by method how long, and the streams that
// are open.
//
//   mailtrail_grpc_calls_total{method,code}      mailtrail_grpc_call_seconds{method}
//   mailtrail_grpc_open_streams{method}

#include <array>
#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "storage/base/metrics.h"
#include "storage/base/mutex.h"

namespace mailtrail::server::wire {

// Of one method. Thread-safe.
class MethodMetrics {
 public:
  MethodMetrics(MetricRegistry& registry, std::string method);

  void Ended(absl::StatusCode code, double seconds);
  [[nodiscard]] Gauge& open_streams() { return open_streams_; }
  [[nodiscard]] const std::string& method() const { return method_; }

 private:
  static constexpr std::size_t kCodes = 17;  // gRPC's, 0 to 16.

  MetricRegistry& registry_;
  const std::string method_;
  Histogram& seconds_;
  Gauge& open_streams_;
  // Made when a code is first seen: most never are.
  std::array<std::atomic<Counter*>, kCodes> calls_{};
};

// Thread-safe. `registry` must outlive it.
class RpcMetrics {
 public:
  explicit RpcMetrics(MetricRegistry& registry) : registry_(registry) {}

  // `method`: "mailtrail.v1.EventService/GetEvent", a name out of our protos. Good as long as this.
  [[nodiscard]] MethodMetrics& Of(std::string_view method);

 private:
  MetricRegistry& registry_;
  Mutex mu_;
  std::map<std::string, std::unique_ptr<MethodMetrics>, std::less<>> methods_ ABSL_GUARDED_BY(mu_);
};

}  // namespace mailtrail::server::wire
