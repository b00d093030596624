#pragma once

#include "mailtrail/v1/consumer_service.grpc.pb.h"
#include "server/grpc/wire.h"

namespace mailtrail::server::wire {

// mailtrail.v1.ConsumerService on the wire: of a later release, so every call answers
// NOT_IMPLEMENTED, with its reason. `wire` must outlive the server.
class ConsumerService final : public v1::ConsumerService::CallbackService {
 public:
  explicit ConsumerService(Wire& wire) : wire_(wire) {}

  ::grpc::ServerUnaryReactor* CreateConsumer(::grpc::CallbackServerContext* context,
                                             const v1::CreateConsumerRequest* request,
                                             v1::CreateConsumerResponse* response) override;
  ::grpc::ServerUnaryReactor* GetConsumer(::grpc::CallbackServerContext* context,
                                          const v1::GetConsumerRequest* request,
                                          v1::GetConsumerResponse* response) override;
  ::grpc::ServerUnaryReactor* ListConsumers(::grpc::CallbackServerContext* context,
                                            const v1::ListConsumersRequest* request,
                                            v1::ListConsumersResponse* response) override;
  ::grpc::ServerUnaryReactor* UpdateConsumer(::grpc::CallbackServerContext* context,
                                             const v1::UpdateConsumerRequest* request,
                                             v1::UpdateConsumerResponse* response) override;
  ::grpc::ServerUnaryReactor* DeleteConsumer(::grpc::CallbackServerContext* context,
                                             const v1::DeleteConsumerRequest* request,
                                             v1::DeleteConsumerResponse* response) override;
  ::grpc::ServerUnaryReactor* SeekConsumer(::grpc::CallbackServerContext* context,
                                           const v1::SeekConsumerRequest* request,
                                           v1::SeekConsumerResponse* response) override;
  ::grpc::ServerUnaryReactor* CommitCursor(::grpc::CallbackServerContext* context,
                                           const v1::CommitCursorRequest* request,
                                           v1::CommitCursorResponse* response) override;
  ::grpc::ServerUnaryReactor* ParkEvent(::grpc::CallbackServerContext* context,
                                        const v1::ParkEventRequest* request,
                                        v1::ParkEventResponse* response) override;
  ::grpc::ServerUnaryReactor* ListParkedEvents(::grpc::CallbackServerContext* context,
                                               const v1::ListParkedEventsRequest* request,
                                               v1::ListParkedEventsResponse* response) override;
  ::grpc::ServerUnaryReactor* UnparkEvents(::grpc::CallbackServerContext* context,
                                           const v1::UnparkEventsRequest* request,
                                           v1::UnparkEventsResponse* response) override;
  ::grpc::ServerWriteReactor<v1::ConsumeResponse>* Consume(
      ::grpc::CallbackServerContext* context, const v1::ConsumeRequest* request) override;

 private:
  Wire& wire_;
};

}  // namespace mailtrail::server::wire
