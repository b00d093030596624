#pragma once

#include "mailtrail/v1/message_service.grpc.pb.h"
#include "server/api/message_api.h"
#include "server/grpc/wire.h"

namespace mailtrail::server::wire {

// mailtrail.v1.MessageService on the wire; of this release is GetMessage. `shared` and `wire` must
// outlive the server.
class MessageService final : public v1::MessageService::CallbackService {
 public:
  MessageService(Wire& wire, api::Shared& shared) : wire_(wire), api_(shared) {}

  ::grpc::ServerUnaryReactor* GetMessage(::grpc::CallbackServerContext* context,
                                         const v1::GetMessageRequest* request,
                                         v1::GetMessageResponse* response) override;
  ::grpc::ServerUnaryReactor* BatchGetMessages(::grpc::CallbackServerContext* context,
                                               const v1::BatchGetMessagesRequest* request,
                                               v1::BatchGetMessagesResponse* response) override;
  ::grpc::ServerUnaryReactor* ListMessages(::grpc::CallbackServerContext* context,
                                           const v1::ListMessagesRequest* request,
                                           v1::ListMessagesResponse* response) override;
  ::grpc::ServerUnaryReactor* WaitMessage(::grpc::CallbackServerContext* context,
                                          const v1::WaitMessageRequest* request,
                                          v1::WaitMessageResponse* response) override;
  ::grpc::ServerWriteReactor<v1::WatchMessagesResponse>* WatchMessages(
      ::grpc::CallbackServerContext* context, const v1::WatchMessagesRequest* request) override;

 private:
  Wire& wire_;
  api::MessageApi api_;
};

}  // namespace mailtrail::server::wire
