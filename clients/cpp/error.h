#pragma once

// A failed call as a value: the status that gRPC gave, with the reason that mailtrail gave.

#include <map>
#include <string>

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace mailtrail::client {

// What google.rpc.ErrorInfo of mailtrail's domain says; empty where there was none.
struct ErrorInfo {
  std::string reason;  // "CURSOR_TOO_OLD": a name of mailtrail.v1.ErrorReason without its prefix.
  std::map<std::string, std::string> metadata;
};

// Keeps the ErrorInfo as a payload.
[[nodiscard]] absl::Status ToStatus(const grpc::Status& status);
[[nodiscard]] ErrorInfo ErrorInfoOf(const absl::Status& status);

// Whether the same call may succeed later: UNAVAILABLE, and RESOURCE_EXHAUSTED for TOO_MANY_CALLS
// (without a reason it is an answer that is too large, which stays so).
[[nodiscard]] bool IsRetryable(const absl::Status& status);

}  // namespace mailtrail::client
