#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "grpcpp/support/server_callback.h"
#include "server/grpc/call.h"
#include "server/grpc/wire.h"

namespace mailtrail::server::wire {

// A stream that has nothing but a status.
template <typename Response>
class EndedStream final : public ::grpc::ServerWriteReactor<Response> {
 public:
  EndedStream(Wire& wire, std::string_view method, const absl::Status& status) {
    this->Finish(Call(wire, method).End(status));
  }

 private:
  void OnDone() override { delete this; }  // gRPC had it last.
};

}  // namespace mailtrail::server::wire
