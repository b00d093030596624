#pragma once

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "grpcpp/support/status.h"
#include "server/grpc/wire.h"

namespace mailtrail::server::wire {

// One call from its start to its status: counts it, and logs what is a fault of ours.
class Call {
 public:
  // `method`: as in RpcMetrics::Of.
  Call(Wire& wire, std::string_view method);

  // To be called once: what to finish the call with.
  [[nodiscard]] ::grpc::Status End(const absl::Status& status) const;

  [[nodiscard]] MethodMetrics& metrics() const { return metrics_; }

 private:
  Wire& wire_;
  MethodMetrics& metrics_;
  const std::int64_t started_ms_;
};

}  // namespace mailtrail::server::wire
