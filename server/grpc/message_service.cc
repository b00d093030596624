#include "server/grpc/message_service.h"

#include "server/grpc/ended_stream.h"
#include "server/grpc/unary.h"

namespace mailtrail::server::wire {

::grpc::ServerUnaryReactor* MessageService::GetMessage(::grpc::CallbackServerContext* context,
                                                       const v1::GetMessageRequest* request,
                                                       v1::GetMessageResponse* response) {
  constexpr std::string_view kMethod = "mailtrail.v1.MessageService/GetMessage";
  const auto work = [=, this] { return api_.GetMessage(*request, *response); };
  return api::MessageApi::IsQuick(*request) ? AnswerNow(wire_, context, kMethod, work)
                                            : AnswerOnPump(wire_, context, kMethod, work);
}

::grpc::ServerUnaryReactor* MessageService::BatchGetMessages(
    ::grpc::CallbackServerContext* context, const v1::BatchGetMessagesRequest* /*request*/,
    v1::BatchGetMessagesResponse* /*response*/) {
  return AnswerNotImplemented(wire_, context, "mailtrail.v1.MessageService/BatchGetMessages");
}

::grpc::ServerUnaryReactor* MessageService::ListMessages(::grpc::CallbackServerContext* context,
                                                         const v1::ListMessagesRequest* /*request*/,
                                                         v1::ListMessagesResponse* /*response*/) {
  return AnswerNotImplemented(wire_, context, "mailtrail.v1.MessageService/ListMessages");
}

::grpc::ServerUnaryReactor* MessageService::WaitMessage(::grpc::CallbackServerContext* context,
                                                        const v1::WaitMessageRequest* /*request*/,
                                                        v1::WaitMessageResponse* /*response*/) {
  return AnswerNotImplemented(wire_, context, "mailtrail.v1.MessageService/WaitMessage");
}

::grpc::ServerWriteReactor<v1::WatchMessagesResponse>* MessageService::WatchMessages(
    ::grpc::CallbackServerContext* /*context*/, const v1::WatchMessagesRequest* /*request*/) {
  return new EndedStream<v1::WatchMessagesResponse>(
      wire_, "mailtrail.v1.MessageService/WatchMessages", NotImplemented());
}

}  // namespace mailtrail::server::wire
