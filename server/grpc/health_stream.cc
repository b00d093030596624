#include "server/grpc/health_stream.h"

#include <utility>

namespace mailtrail::server::wire {

HealthStream::HealthStream(Wire& wire, HealthService& service, std::string name)
    : PumpedStream(wire, "grpc.health.v1.Health/Watch"),
      service_(service),
      name_(std::move(name)) {}

void HealthStream::Close(const absl::Status& why) {
  // A client that is gone hears nothing more.
  if (absl::IsCancelled(why)) {
    PumpedStream::Close(why);
    return;
  }
  {
    MutexLock lock(mu_);
    closed_ = why;
  }
  Wake();
}

absl::StatusOr<HealthStream::Turn> HealthStream::Next(
    ::grpc::health::v1::HealthCheckResponse& response) {
  if (!sent_) service_.Add(this);
  const HealthService::State state = service_.StateOf(name_);
  if (sent_ != state) {
    sent_ = state;
    response.set_status(state);
    return Turn::kSend;
  }
  MutexLock lock(mu_);
  if (!closed_.ok()) return closed_;
  return Turn::kIdle;
}

}  // namespace mailtrail::server::wire
