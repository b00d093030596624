#pragma once

// The one place where an error becomes visible to a client.

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace mailtrail::server::wire {

// INTERNAL, DATA_LOSS and UNKNOWN: their messages may name keys or paths, so they go to the log and
// not to the client.
[[nodiscard]] bool IsOurFault(absl::StatusCode code);

// Code, message, and the ErrorInfo as google.rpc.Status in `grpc-status-details-bin`.
[[nodiscard]] ::grpc::Status ToGrpc(const absl::Status& status);

}  // namespace mailtrail::server::wire
