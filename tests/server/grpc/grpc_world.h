#pragma once

// A real server on a store in memory, and a real channel to it.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "google/rpc/error_details.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/status.h"
#include "mailtrail/v1/event_service.grpc.pb.h"
#include "server/grpc/server.h"
#include "storage/base/clock.h"
#include "tests/support/api_world.h"
#include "tests/support/fake_logger.h"
#include "tests/support/fake_metrics.h"

namespace mailtrail::test {

// Serving, on a port of its own. Goes by the machine's clock.
class GrpcWorld {
 public:
  explicit GrpcWorld(const server::wire::Options& options = {});
  ~GrpcWorld();

  [[nodiscard]] ApiWorld& api() { return api_; }
  [[nodiscard]] server::wire::Server& server() { return *server_; }
  [[nodiscard]] FakeMetrics& metrics() { return metrics_; }
  [[nodiscard]] FakeLogger& logger() { return logger_; }
  [[nodiscard]] std::string address() const;
  // One connection, shared by all who ask.
  [[nodiscard]] const std::shared_ptr<::grpc::Channel>& channel() { return channel_; }
  // A connection of one's own.
  [[nodiscard]] std::shared_ptr<::grpc::Channel> NewChannel() const;

  // Waits until no stream is open: what a client has let go is freed some time after.
  [[nodiscard]] bool WaitUntilNoStreams(const std::string& method);

 private:
  ApiWorld api_{&SystemClock()};
  FakeMetrics metrics_;
  FakeLogger logger_;
  std::unique_ptr<server::wire::Server> server_;
  std::shared_ptr<::grpc::Channel> channel_;
};

// A WatchEvents call, read response by response. Fails its test after 30 s without an answer.
class WatchCall {
 public:
  WatchCall(const std::shared_ptr<::grpc::Channel>& channel, const v1::WatchEventsRequest& request);
  ~WatchCall();

  // The next response; nullopt at the end.
  std::optional<v1::WatchEventsResponse> Read();
  // Reads on until an event or the end.
  std::optional<v1::WatchEventsResponse> ReadEvents();
  void Cancel() { context_.TryCancel(); }
  // Reads what is left, and gives the status.
  ::grpc::Status Finish();

 private:
  ::grpc::ClientContext context_;
  std::unique_ptr<v1::EventService::Stub> stub_;
  std::unique_ptr<::grpc::ClientReader<v1::WatchEventsResponse>> reader_;
  std::optional<::grpc::Status> status_;
};

// The ErrorInfo in `grpc-status-details-bin`.
[[nodiscard]] std::optional<google::rpc::ErrorInfo> ErrorInfoIn(const ::grpc::Status& status);

// "UNAVAILABLE DRAINING": code and reason, for comparing.
[[nodiscard]] std::string Outcome(const ::grpc::Status& status);

}  // namespace mailtrail::test
