#include "tests/server/grpc/grpc_world.h"

#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

constexpr std::chrono::seconds kPatience(30);

}  // namespace

GrpcWorld::GrpcWorld(const server::wire::Options& options) {
  auto server = server::wire::Server::Start(
      options, {.shared = api_.shared(), .metrics = metrics_, .logger = logger_});
  EXPECT_OK(server);
  server_ = *std::move(server);
  server_->SetServing(true);
  channel_ = NewChannel();
}

GrpcWorld::~GrpcWorld() {
  channel_.reset();
  server_->Drain(kPatience);
  server_->Shutdown(kPatience);
}

std::string GrpcWorld::address() const { return absl::StrCat("127.0.0.1:", server_->port()); }

std::shared_ptr<::grpc::Channel> GrpcWorld::NewChannel() const {
  ::grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // Else channels share connections.
  return ::grpc::CreateCustomChannel(address(), ::grpc::InsecureChannelCredentials(), arguments);
}

bool GrpcWorld::WaitUntilNoStreams(const std::string& method) {
  const std::int64_t deadline =
      SystemClock().SteadyMillis() + std::chrono::milliseconds(kPatience).count();
  while (metrics_.Value("mailtrail_grpc_open_streams", {{"method", method}}) > 0) {
    if (SystemClock().SteadyMillis() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

WatchCall::WatchCall(const std::shared_ptr<::grpc::Channel>& channel,
                     const v1::WatchEventsRequest& request)
    : stub_(v1::EventService::NewStub(channel)) {
  context_.set_deadline(std::chrono::system_clock::now() + kPatience);
  context_.set_wait_for_ready(true);
  reader_ = stub_->WatchEvents(&context_, request);
}

WatchCall::~WatchCall() {
  Cancel();
  (void)Finish();
}

std::optional<v1::WatchEventsResponse> WatchCall::Read() {
  v1::WatchEventsResponse response;
  if (!reader_->Read(&response)) return std::nullopt;
  return response;
}

std::optional<v1::WatchEventsResponse> WatchCall::ReadEvents() {
  while (auto response = Read()) {
    if (response->events_size() > 0) return response;
  }
  return std::nullopt;
}

::grpc::Status WatchCall::Finish() {
  while (!status_) {
    if (!Read()) status_ = reader_->Finish();
  }
  return *status_;
}

std::optional<google::rpc::ErrorInfo> ErrorInfoIn(const ::grpc::Status& status) {
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return std::nullopt;
  google::rpc::ErrorInfo info;
  for (const google::protobuf::Any& detail : details.details()) {
    if (detail.UnpackTo(&info)) return info;
  }
  return std::nullopt;
}

std::string Outcome(const ::grpc::Status& status) {
  const auto info = ErrorInfoIn(status);
  return absl::StrCat(absl::StatusCodeToString(static_cast<absl::StatusCode>(status.error_code())),
                      info ? " " + info->reason() : "");
}

}  // namespace mailtrail::test
