#pragma once

#include <optional>
#include <string>

#include "server/grpc/health_service.h"
#include "server/grpc/pumped_stream.h"

namespace mailtrail::server::wire {

// Health.Watch on the wire: says the state at once and at each change. A watcher that is slow hears
// the latest only. `service` must outlive it.
class HealthStream final : public PumpedStream<::grpc::health::v1::HealthCheckResponse> {
 public:
  HealthStream(Wire& wire, HealthService& service, std::string name);

  // Says a last state before it ends.
  void Close(const absl::Status& why) override;

 private:
  [[nodiscard]] absl::StatusOr<Turn> Next(
      ::grpc::health::v1::HealthCheckResponse& response) override;
  void Release() override { service_.Remove(this); }

  HealthService& service_;
  const std::string name_;
  std::optional<HealthService::State> sent_;

  Mutex mu_;
  absl::Status closed_ ABSL_GUARDED_BY(mu_);
};

}  // namespace mailtrail::server::wire
