#include "server/grpc/health_service.h"

#include "server/grpc/health_stream.h"
#include "server/grpc/unary.h"

namespace mailtrail::server::wire {

using ::grpc::health::v1::HealthCheckRequest;
using ::grpc::health::v1::HealthCheckResponse;

HealthService::HealthService(Wire& wire, const std::vector<std::string>& services)
    : wire_(wire), services_(services.begin(), services.end()) {}

void HealthService::SetServing(bool serving) {
  MutexLock lock(mu_);
  serving_ = serving;
  // Under the lock, so that none of them is gone; to wake is quick and calls nothing of ours.
  for (HealthStream* watcher : watchers_) watcher->Wake();
}

HealthService::State HealthService::StateOf(const std::string& service) const {
  if (!service.empty() && !services_.contains(service)) return HealthCheckResponse::SERVICE_UNKNOWN;
  MutexLock lock(mu_);
  return serving_ ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
}

void HealthService::Add(HealthStream* stream) {
  MutexLock lock(mu_);
  watchers_.insert(stream);
}

void HealthService::Remove(HealthStream* stream) {
  MutexLock lock(mu_);
  watchers_.erase(stream);
}

::grpc::ServerUnaryReactor* HealthService::Check(::grpc::CallbackServerContext* context,
                                                 const HealthCheckRequest* request,
                                                 HealthCheckResponse* response) {
  // Answered while draining too: NOT_SERVING is what one wants to know then.
  const Call call(wire_, "grpc.health.v1.Health/Check");
  response->set_status(StateOf(request->service()));
  const bool known = response->status() != HealthCheckResponse::SERVICE_UNKNOWN;
  ::grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(
      call.End(known ? absl::OkStatus() : absl::NotFoundError("no service of this name")));
  return reactor;
}

::grpc::ServerWriteReactor<HealthCheckResponse>* HealthService::Watch(
    ::grpc::CallbackServerContext* /*context*/, const HealthCheckRequest* request) {
  return StartStream<HealthStream>(wire_, *this, request->service());
}

}  // namespace mailtrail::server::wire
