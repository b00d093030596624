#include "server/grpc/event_service.h"

#include "server/grpc/unary.h"
#include "server/grpc/watch_stream.h"

namespace mailtrail::server::wire {

::grpc::ServerUnaryReactor* EventService::GetEvent(::grpc::CallbackServerContext* context,
                                                   const v1::GetEventRequest* request,
                                                   v1::GetEventResponse* response) {
  return AnswerNow(wire_, context, "mailtrail.v1.EventService/GetEvent",
                   [=, this] { return api_.GetEvent(*request, *response); });
}

::grpc::ServerUnaryReactor* EventService::ListEvents(::grpc::CallbackServerContext* context,
                                                     const v1::ListEventsRequest* request,
                                                     v1::ListEventsResponse* response) {
  return AnswerOnPump(wire_, context, "mailtrail.v1.EventService/ListEvents",
                      [=, this] { return api_.ListEvents(*request, *response); });
}

::grpc::ServerUnaryReactor* EventService::CountEvents(::grpc::CallbackServerContext* context,
                                                      const v1::CountEventsRequest* /*request*/,
                                                      v1::CountEventsResponse* /*response*/) {
  return AnswerNotImplemented(wire_, context, "mailtrail.v1.EventService/CountEvents");
}

::grpc::ServerWriteReactor<v1::WatchEventsResponse>* EventService::WatchEvents(
    ::grpc::CallbackServerContext* /*context*/, const v1::WatchEventsRequest* request) {
  return StartStream<WatchStream>(wire_, shared_, *request);
}

}  // namespace mailtrail::server::wire
