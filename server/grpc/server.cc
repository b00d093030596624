#include "server/grpc/server.h"

#include <string>
#include <utility>
#include <vector>

#include "grpc/support/time.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/resource_quota.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "server/api/error.h"
#include "server/grpc/consumer_service.h"
#include "server/grpc/event_service.h"
#include "server/grpc/health_service.h"
#include "server/grpc/message_service.h"
#include "server/grpc/source_service.h"
#include "storage/base/status.h"

namespace mailtrail::server::wire {
namespace {

std::vector<std::string> ServiceNames() {
  return {v1::EventService::service_full_name(), v1::MessageService::service_full_name(),
          v1::ConsumerService::service_full_name(), admin::v1::SourceService::service_full_name()};
}

void SetLimits(const Options& options, ::grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kRequestBytesMax);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMetadataBytesMax);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kConnectionStreamsMax);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, kHandshakeMs);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, options.connection_age_ms);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, options.connection_grace_ms);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kClientPingMs);
  // Else a second server binds the same port in silence and takes half of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  ::grpc::ResourceQuota quota("mailtrail");
  quota.SetMaxThreads(kBlockingThreadsMax);
  builder.SetResourceQuota(quota);
}

}  // namespace

class Server::Impl {
 public:
  Impl(const Options& options, const Parts& parts)
      : clock_(parts.shared.backend().clock),
        metrics_(parts.metrics),
        streams_(options.streams_max, clock_),
        pumps_(options.pumps, options.pump_queue_max, clock_),
        wire_{.pumps = pumps_,
              .streams = streams_,
              .metrics = metrics_,
              .logger = parts.logger,
              .clock = clock_,
              .stream_age_ms = options.stream_age_ms},
        events_(wire_, parts.shared),
        messages_(wire_, parts.shared),
        consumers_(wire_),
        sources_(wire_, parts.shared.backend().sources),
        health_(wire_, ServiceNames()) {}

  absl::Status Listen(const Options& options) {
    ::grpc::EnableDefaultHealthCheckService(false);
    ::grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    ::grpc::ServerBuilder builder;
    SetLimits(options, builder);
    builder.AddListeningPort(options.listen, ::grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(&events_);
    builder.RegisterService(&messages_);
    builder.RegisterService(&consumers_);
    builder.RegisterService(&sources_);
    builder.RegisterService(&health_);
    server_ = builder.BuildAndStart();
    if (server_ != nullptr && port_ > 0) return absl::OkStatus();
    return MakeStatus(absl::StatusCode::kUnavailable, "cannot listen for gRPC on ", options.listen,
                      ": the address is in use, or not this machine's; choose another, or port 0");
  }

  [[nodiscard]] int port() const { return port_; }
  void SetServing(bool serving) { health_.SetServing(serving); }

  void Drain(std::chrono::milliseconds wait) {
    health_.SetServing(false);
    streams_.CloseAll(api::MakeError(v1::ERROR_REASON_DRAINING,
                                     "the server is stopping: call again, another one answers"));
    if (!streams_.WaitUntilEmpty(wait)) {
      wire_.logger.Write(LogLevel::kWarning, "streams_not_drained", {});
    }
  }

  void Shutdown(std::chrono::milliseconds wait) {
    if (server_ == nullptr) return;
    server_->Shutdown(gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                                   gpr_time_from_millis(wait.count(), GPR_TIMESPAN)));
    server_->Wait();
    pumps_.Stop();
  }

 private:
  const Clock& clock_;
  RpcMetrics metrics_;
  StreamRegistry streams_;
  Pumps pumps_;
  Wire wire_;
  EventService events_;
  MessageService messages_;
  ConsumerService consumers_;
  SourceService sources_;
  HealthService health_;
  std::unique_ptr<::grpc::Server> server_;
  int port_ = 0;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { Shutdown(std::chrono::milliseconds(0)); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const Options& options, const Parts& parts) {
  auto impl = std::make_unique<Impl>(options, parts);
  MT_RETURN_IF_ERROR(impl->Listen(options));
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

int Server::port() const { return impl_->port(); }
void Server::SetServing(bool serving) { impl_->SetServing(serving); }
void Server::Drain(std::chrono::milliseconds wait) { impl_->Drain(wait); }
void Server::Shutdown(std::chrono::milliseconds wait) { impl_->Shutdown(wait); }

}  // namespace mailtrail::server::wire
