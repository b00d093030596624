// Health and reflection.

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/client_context.h"
#include "gtest/gtest.h"
#include "tests/server/grpc/grpc_world.h"
#include "tests/server/grpc/raw_call.h"

namespace mailtrail::test {
namespace {

using ::grpc::health::v1::Health;
using ::grpc::health::v1::HealthCheckRequest;
using ::grpc::health::v1::HealthCheckResponse;
using std::chrono::seconds;
using ::testing::HasSubstr;

HealthCheckRequest RequestFor(const std::string& service) {
  HealthCheckRequest request;
  request.set_service(service);
  return request;
}

// "SERVING", or the status of the call.
std::string Check(GrpcWorld& world, const std::string& service) {
  ::grpc::ClientContext context;
  context.set_wait_for_ready(true);
  HealthCheckResponse response;
  const auto status =
      Health::NewStub(world.channel())->Check(&context, RequestFor(service), &response);
  return status.ok() ? HealthCheckResponse::ServingStatus_Name(response.status()) : Outcome(status);
}

class HealthWatch {
 public:
  HealthWatch(GrpcWorld& world, const std::string& service)
      : stub_(Health::NewStub(world.channel())),
        reader_(stub_->Watch(&context_, RequestFor(service))) {}

  std::string Read() {
    HealthCheckResponse response;
    if (reader_->Read(&response)) return HealthCheckResponse::ServingStatus_Name(response.status());
    return Outcome(reader_->Finish());
  }
  void Cancel() { context_.TryCancel(); }

 private:
  ::grpc::ClientContext context_;
  std::unique_ptr<Health::Stub> stub_;
  std::unique_ptr<::grpc::ClientReader<HealthCheckResponse>> reader_;
};

TEST(Health, AnswersForEachService) {
  GrpcWorld world;
  for (const char* service : {"", "mailtrail.v1.EventService", "mailtrail.v1.MessageService",
                              "mailtrail.v1.ConsumerService", "mailtrail.admin.v1.SourceService"}) {
    EXPECT_EQ(Check(world, service), "SERVING") << service;
  }
  EXPECT_EQ(Check(world, "no.such.Service"), "NOT_FOUND");
  world.server().SetServing(false);
  EXPECT_EQ(Check(world, ""), "NOT_SERVING");
}

TEST(Health, WatchersHearEachChange) {
  GrpcWorld world;
  HealthWatch watch(world, "");
  HealthWatch unknown(world, "no.such.Service");
  EXPECT_EQ(watch.Read(), "SERVING");
  EXPECT_EQ(unknown.Read(), "SERVICE_UNKNOWN");
  world.server().SetServing(false);
  EXPECT_EQ(watch.Read(), "NOT_SERVING");
  world.server().SetServing(true);
  EXPECT_EQ(watch.Read(), "SERVING");
  watch.Cancel();
  EXPECT_EQ(watch.Read(), "CANCELLED");
  unknown.Cancel();
  EXPECT_EQ(unknown.Read(), "CANCELLED");
  EXPECT_TRUE(world.WaitUntilNoStreams("grpc.health.v1.Health/Watch"));
}

TEST(Health, DoesNotHoldUpAShutdown) {
  GrpcWorld world;
  HealthWatch first(world, "");
  HealthWatch second(world, "");
  HealthWatch unknown(world, "no.such.Service");
  EXPECT_EQ(first.Read(), "SERVING");
  EXPECT_EQ(second.Read(), "SERVING");
  EXPECT_EQ(unknown.Read(), "SERVICE_UNKNOWN");
  const std::int64_t start = SystemClock().SteadyMillis();
  world.server().Drain(seconds(30));
  world.server().Shutdown(seconds(30));
  EXPECT_LT(SystemClock().SteadyMillis() - start, 10'000);
  EXPECT_EQ(first.Read(), "NOT_SERVING");
  EXPECT_EQ(first.Read(), "UNAVAILABLE DRAINING");
  EXPECT_EQ(second.Read(), "NOT_SERVING");
  EXPECT_EQ(unknown.Read(), "UNAVAILABLE DRAINING");
}

TEST(Health, SaysNotServingWhileDraining) {
  GrpcWorld world;
  world.server().Drain(seconds(30));
  EXPECT_EQ(Check(world, ""), "NOT_SERVING");
}

// Requests of grpc.reflection.v1alpha in bytes: list_services is field 7, file_containing_symbol 4.
TEST(Reflection, ListsAndDescribesOurServicesAndHealth) {
  GrpcWorld world;
  const std::string method = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
  const RawAnswer list = CallRaw(world.channel(), method, std::string("\x3a\x00", 2));
  const std::string health = "grpc.health.v1.Health";
  for (const std::string& service :
       {health, std::string("mailtrail.v1.EventService"),
        std::string("mailtrail.v1.MessageService"), std::string("mailtrail.v1.ConsumerService"),
        std::string("mailtrail.admin.v1.SourceService")}) {
    EXPECT_THAT(list.bytes, HasSubstr(service));
    const RawAnswer file =
        CallRaw(world.channel(), method,
                "\x22" + std::string(1, static_cast<char>(service.size())) + service);
    EXPECT_THAT(file.bytes, HasSubstr(service.substr(service.rfind('.') + 1)));
  }
}

}  // namespace
}  // namespace mailtrail::test
