#pragma once

// grpc.health.v1: whether the server serves, for load balancers and Kubernetes. Ours rather than
// gRPC's own, whose service reflection cannot list and whose watchers hold up a shutdown.

#include <set>
#include <string>
#include <vector>

#include "grpc/health/v1/health.grpc.pb.h"
#include "server/grpc/wire.h"
#include "storage/base/mutex.h"

namespace mailtrail::server::wire {

class HealthStream;

// All services have one state; "" stands for the server. Thread-safe. `wire` must outlive it.
class HealthService final : public ::grpc::health::v1::Health::CallbackService {
 public:
  using State = ::grpc::health::v1::HealthCheckResponse::ServingStatus;

  // Not serving until told.
  HealthService(Wire& wire, const std::vector<std::string>& services);

  void SetServing(bool serving);
  // SERVICE_UNKNOWN for a name that is no service of ours.
  [[nodiscard]] State StateOf(const std::string& service) const;

  ::grpc::ServerUnaryReactor* Check(::grpc::CallbackServerContext* context,
                                    const ::grpc::health::v1::HealthCheckRequest* request,
                                    ::grpc::health::v1::HealthCheckResponse* response) override;
  ::grpc::ServerWriteReactor<::grpc::health::v1::HealthCheckResponse>* Watch(
      ::grpc::CallbackServerContext* context,
      const ::grpc::health::v1::HealthCheckRequest* request) override;

  // Watchers that a change wakes.
  void Add(HealthStream* stream);
  void Remove(HealthStream* stream);

 private:
  Wire& wire_;
  const std::set<std::string> services_;

  mutable Mutex mu_;
  bool serving_ ABSL_GUARDED_BY(mu_) = false;
  std::set<HealthStream*> watchers_ ABSL_GUARDED_BY(mu_);
};

}  // namespace mailtrail::server::wire
