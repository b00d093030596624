// Each method of each service answers, and says why when it does not.

#include <map>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "mailtrail/admin/v1/source_service.grpc.pb.h"
#include "mailtrail/v1/consumer_service.pb.h"
#include "mailtrail/v1/event_service.pb.h"
#include "mailtrail/v1/message_service.grpc.pb.h"
#include "tests/server/grpc/grpc_world.h"
#include "tests/server/grpc/raw_call.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

using server::wire::Options;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::vector<const google::protobuf::ServiceDescriptor*> Services() {
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  for (const google::protobuf::FileDescriptor* file :
       {v1::GetEventRequest::descriptor()->file(), v1::GetMessageRequest::descriptor()->file(),
        v1::Consumer::descriptor()->file(), admin::v1::Source::descriptor()->file()}) {
    for (int i = 0; i < file->service_count(); ++i) services.push_back(file->service(i));
  }
  return services;
}

TEST(Methods, EachAnswersOrSaysWhyNot) {
  const std::map<std::string, std::string> with_answers = {
      {"GetEvent", "INVALID_ARGUMENT FIELD_REQUIRED"},
      {"ListEvents", ""},
      {"WatchEvents", ""},
      {"GetMessage", "INVALID_ARGUMENT FIELD_REQUIRED"},
      {"ListSources", ""}};
  GrpcWorld world;
  int methods = 0;
  for (const google::protobuf::ServiceDescriptor* service : Services()) {
    for (int i = 0; i < service->method_count(); ++i, ++methods) {
      const std::string& name = service->method(i)->name();
      const auto expected = with_answers.find(name);
      const RawAnswer answer =
          CallRaw(world.channel(), "/" + service->full_name() + "/" + name, "");
      EXPECT_EQ(answer.answered ? "" : Outcome(answer.status),
                expected == with_answers.end() ? "UNIMPLEMENTED NOT_IMPLEMENTED" : expected->second)
          << service->full_name() << "/" << name;
    }
  }
  EXPECT_EQ(methods, 21);
}

TEST(Methods, AnEventIsFoundInEveryWay) {
  GrpcWorld world;
  world.api().Add({.message_id = "m1"});
  const auto events = v1::EventService::NewStub(world.channel());
  v1::ListEventsResponse list;
  {
    ::grpc::ClientContext context;
    ASSERT_TRUE(events->ListEvents(&context, {}, &list).ok());
  }
  ASSERT_THAT(list.events(), SizeIs(1));
  {
    ::grpc::ClientContext context;
    v1::GetEventRequest request;
    request.set_id(list.events(0).id());
    v1::GetEventResponse response;
    ASSERT_TRUE(events->GetEvent(&context, request, &response).ok());
    EXPECT_EQ(response.event().message_id(), "m1");
  }
  for (const auto view : {v1::EVENT_VIEW_BASIC, v1::EVENT_VIEW_RAW}) {  // At once, and on a pump.
    ::grpc::ClientContext context;
    v1::GetMessageRequest request;
    request.set_id("m1");
    request.set_view(v1::MESSAGE_VIEW_TRAIL);
    request.set_event_view(view);
    v1::GetMessageResponse response;
    ASSERT_TRUE(v1::MessageService::NewStub(world.channel())
                    ->GetMessage(&context, request, &response)
                    .ok());
    ASSERT_THAT(response.message().events(), SizeIs(1));
    EXPECT_EQ(response.message().events(0).id(), list.events(0).id());
  }
  WatchCall watch(world.channel(), [] {
    v1::WatchEventsRequest request;
    request.set_position(v1::WatchEventsRequest::POSITION_OLDEST);
    return request;
  }());
  const auto response = watch.ReadEvents();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->events(0).id(), list.events(0).id());
}

TEST(Methods, CallsAreCountedByMethodAndCode) {
  GrpcWorld world;
  const auto events = v1::EventService::NewStub(world.channel());
  for (int i = 0; i < 3; ++i) {
    ::grpc::ClientContext context;
    v1::GetEventResponse response;
    (void)events->GetEvent(&context, {}, &response);
  }
  const std::string method = "mailtrail.v1.EventService/GetEvent";
  EXPECT_EQ(world.metrics().Value("mailtrail_grpc_calls_total",
                                  {{"method", method}, {"code", "INVALID_ARGUMENT"}}),
            3);
  EXPECT_TRUE(world.metrics().Has("mailtrail_grpc_call_seconds", {{"method", method}}));
}

TEST(Methods, FaultsOfOursAreLoggedAndNotSent) {
  GrpcWorld world;
  world.api().AddMany(2, {});
  world.api().LoseRecord(2);
  ::grpc::ClientContext context;
  v1::ListEventsRequest request;
  request.mutable_filter()->mutable_mail()->add_recipients("ann@example.com");
  v1::ListEventsResponse response;
  const auto status =
      v1::EventService::NewStub(world.channel())->ListEvents(&context, request, &response);
  EXPECT_EQ(Outcome(status), "DATA_LOSS DATA_DAMAGED");
  EXPECT_EQ(status.error_message(), "a fault of the server; its log has the cause");
  EXPECT_EQ(status.error_details().find("record"), std::string::npos);
  EXPECT_THAT(world.logger().Lines(),
              Contains(HasSubstr("error rpc_failed method=mailtrail.v1.EventService/ListEvents "
                                 "code=DATA_LOSS cause=an index names record 2")));
}

TEST(Methods, TheLargestErrorFitsIntoTrailers) {
  GrpcWorld world;
  ::grpc::ClientContext context;
  v1::ListEventsRequest request;
  std::string name;
  while (name.size() + 3 <= 1'024)
    name += "\xE2\x82\xAC";  // Percent-encoded it is three times that.
  request.mutable_filter()->mutable_mail()->add_sources(name);
  v1::ListEventsResponse response;
  const auto status =
      v1::EventService::NewStub(world.channel())->ListEvents(&context, request, &response);
  EXPECT_EQ(Outcome(status), "INVALID_ARGUMENT SOURCE_UNKNOWN");
  EXPECT_EQ(ErrorInfoIn(status)->metadata().at("source").size(), 198U);
  const std::size_t trailers =
      status.error_message().size() * 3 + status.error_details().size() * 4 / 3;
  EXPECT_LT(trailers, 4'096U);
}

TEST(Methods, ManyListsAtATimeAreRefusedBeyondTheQueue) {
  GrpcWorld world({.pumps = 1, .pump_queue_max = 0});
  ::grpc::ClientContext context;
  v1::ListEventsResponse response;
  const auto status =
      v1::EventService::NewStub(world.channel())->ListEvents(&context, {}, &response);
  EXPECT_EQ(Outcome(status), "RESOURCE_EXHAUSTED TOO_MANY_CALLS");
}

}  // namespace
}  // namespace mailtrail::test
