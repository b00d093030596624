#pragma once

#include "mailtrail/v1/event_service.grpc.pb.h"
#include "server/api/event_api.h"
#include "server/grpc/wire.h"

namespace mailtrail::server::wire {

// mailtrail.v1.EventService on the wire. `shared` and `wire` must outlive the server.
class EventService final : public v1::EventService::CallbackService {
 public:
  EventService(Wire& wire, api::Shared& shared) : wire_(wire), shared_(shared), api_(shared) {}

  ::grpc::ServerUnaryReactor* GetEvent(::grpc::CallbackServerContext* context,
                                       const v1::GetEventRequest* request,
                                       v1::GetEventResponse* response) override;
  ::grpc::ServerUnaryReactor* ListEvents(::grpc::CallbackServerContext* context,
                                         const v1::ListEventsRequest* request,
                                         v1::ListEventsResponse* response) override;
  ::grpc::ServerUnaryReactor* CountEvents(::grpc::CallbackServerContext* context,
                                          const v1::CountEventsRequest* request,
                                          v1::CountEventsResponse* response) override;
  ::grpc::ServerWriteReactor<v1::WatchEventsResponse>* WatchEvents(
      ::grpc::CallbackServerContext* context, const v1::WatchEventsRequest* request) override;

 private:
  Wire& wire_;
  api::Shared& shared_;
  api::EventApi api_;
};

}  // namespace mailtrail::server::wire
