#include "server/grpc/consumer_service.h"

#include "server/grpc/ended_stream.h"
#include "server/grpc/unary.h"

namespace mailtrail::server::wire {

::grpc::ServerUnaryReactor* ConsumerService::CreateConsumer(
    ::grpc::CallbackServerContext* context, const v1::CreateConsumerRequest* /*request*/,
    v1::CreateConsumerResponse* /*response*/) {
  return AnswerNotImplemented(wire_, context, "mailtrail.v1.ConsumerService/CreateConsumer");
}

::grpc::ServerUnaryReactor* ConsumerService::GetConsumer(::grpc::CallbackServerContext* context,
                                                         const v1::GetConsumerRequest* /*request*/,
                                                         v1::GetConsumerResponse* /*response*/) {
  return AnswerNotImplemented(wire_, context, "mailtrail.v1.ConsumerService/GetConsumer");
}

::grpc::ServerUnaryReactor* ConsumerService::ListConsumers(
    ::grpc::CallbackServerContext* context, const v1::ListConsumersRequest* /*request*/,
    v1::ListConsumersResponse* /*response*/) {
  return AnswerNotImplemented(wire_, context, "mailtrail.v1.ConsumerService/ListConsumers");
}

::grpc::ServerUnaryReactor* ConsumerService::UpdateConsumer(
    ::grpc::CallbackServerContext* context, const v1::UpdateConsumerRequest* /*request*/,
    v1::UpdateConsumerResponse* /*response*/) {
  return AnswerNotImplemented(wire_, context, "mailtrail.v1.ConsumerService/UpdateConsumer");
}

::grpc::ServerUnaryReactor* ConsumerService::DeleteConsumer(
    ::grpc::CallbackServerContext* context, const v1::DeleteConsumerRequest* /*request*/,
    v1::DeleteConsumerResponse* /*response*/) {
  return AnswerNotImplemented(wire_, context, "mailtrail.v1.ConsumerService/DeleteConsumer");
}

::grpc::ServerUnaryReactor* ConsumerService::SeekConsumer(
    ::grpc::CallbackServerContext* context, const v1::SeekConsumerRequest* /*request*/,
    v1::SeekConsumerResponse* /*response*/) {
  return AnswerNotImplemented(wire_, context, "mailtrail.v1.ConsumerService/SeekConsumer");
}

::grpc::ServerUnaryReactor* ConsumerService::CommitCursor(
    ::grpc::CallbackServerContext* context, const v1::CommitCursorRequest* /*request*/,
    v1::CommitCursorResponse* /*response*/) {
  return AnswerNotImplemented(wire_, context, "mailtrail.v1.ConsumerService/CommitCursor");
}

::grpc::ServerUnaryReactor* ConsumerService::ParkEvent(::grpc::CallbackServerContext* context,
                                                       const v1::ParkEventRequest* /*request*/,
                                                       v1::ParkEventResponse* /*response*/) {
  return AnswerNotImplemented(wire_, context, "mailtrail.v1.ConsumerService/ParkEvent");
}

::grpc::ServerUnaryReactor* ConsumerService::ListParkedEvents(
    ::grpc::CallbackServerContext* context, const v1::ListParkedEventsRequest* /*request*/,
    v1::ListParkedEventsResponse* /*response*/) {
  return AnswerNotImplemented(wire_, context, "mailtrail.v1.ConsumerService/ListParkedEvents");
}

::grpc::ServerUnaryReactor* ConsumerService::UnparkEvents(
    ::grpc::CallbackServerContext* context, const v1::UnparkEventsRequest* /*request*/,
    v1::UnparkEventsResponse* /*response*/) {
  return AnswerNotImplemented(wire_, context, "mailtrail.v1.ConsumerService/UnparkEvents");
}

::grpc::ServerWriteReactor<v1::ConsumeResponse>* ConsumerService::Consume(
    ::grpc::CallbackServerContext* /*context*/, const v1::ConsumeRequest* /*request*/) {
  return new EndedStream<v1::ConsumeResponse>(wire_, "mailtrail.v1.ConsumerService/Consume",
                                              NotImplemented());
}

}  // namespace mailtrail::server::wire
