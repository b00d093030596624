#pragma once

// How unary calls are answered. `work` returns an absl::Status and has filled the response by then.

#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "grpcpp/server_context.h"
#include "server/api/error.h"
#include "server/grpc/call.h"
#include "server/grpc/wire.h"

namespace mailtrail::server::wire {

// In gRPC's reaction: for what is quick.
template <typename Work>
::grpc::ServerUnaryReactor* AnswerNow(Wire& wire, ::grpc::CallbackServerContext* context,
                                      std::string_view method, Work work) {
  const Call call(wire, method);
  ::grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  absl::Status status = wire.streams.closed();
  if (status.ok()) status = work();
  reactor->Finish(call.End(status));
  return reactor;
}

// On a pump. A call that was cancelled while it waited is not worked on. TOO_MANY_CALLS when too
// many wait already.
template <typename Work>
::grpc::ServerUnaryReactor* AnswerOnPump(Wire& wire, ::grpc::CallbackServerContext* context,
                                         std::string_view method, Work work) {
  const Call call(wire, method);
  ::grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  absl::Status refused = wire.streams.closed();
  // Request and response stay until Finish, which only the job calls once it is taken.
  if (refused.ok() && wire.pumps.TryPost([=]() mutable {
        const bool cancelled = context->IsCancelled();
        reactor->Finish(call.End(cancelled ? absl::CancelledError("the client is gone") : work()));
      })) {
    return reactor;
  }
  if (refused.ok()) {
    refused = api::MakeError(v1::ERROR_REASON_TOO_MANY_CALLS,
                             "too many calls wait for an answer: call again later");
  }
  reactor->Finish(call.End(refused));
  return reactor;
}

// NOT_IMPLEMENTED: the method is in the proto, and of a later release.
[[nodiscard]] inline absl::Status NotImplemented() {
  return api::MakeError(v1::ERROR_REASON_NOT_IMPLEMENTED, "this release does not have this call");
}

inline ::grpc::ServerUnaryReactor* AnswerNotImplemented(Wire& wire,
                                                        ::grpc::CallbackServerContext* context,
                                                        std::string_view method) {
  return AnswerNow(wire, context, method, NotImplemented);
}

}  // namespace mailtrail::server::wire
