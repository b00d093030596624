#pragma once

// Why a call failed, for programs and for people: an absl::Status whose payload is a
// google.rpc.ErrorInfo with a reason out of mailtrail.v1.ErrorReason. server/grpc puts it on the
// wire.
//
// A status without ErrorInfo is never sent as it stands, since it may name a key or a path:
// storage's errors go through FromStorage.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "google/rpc/error_details.pb.h"
#include "mailtrail/v1/error.pb.h"

namespace mailtrail::server::api {

inline constexpr std::string_view kErrorDomain = "mailtrail";
inline constexpr std::string_view kErrorInfoType = "type.googleapis.com/google.rpc.ErrorInfo";

using ErrorMetadata = std::vector<std::pair<std::string, std::string>>;

// The code that error.proto documents for the reason. REQUIRES: a reason of this release.
[[nodiscard]] absl::StatusCode CodeOf(v1::ErrorReason reason);

// `message`: one sentence that says what to do; without values out of the request, which may be
// anything. Message and values are cut to the limits of limits.h.
[[nodiscard]] absl::Status MakeError(v1::ErrorReason reason, std::string_view message,
                                     const ErrorMetadata& metadata = {});

// FIELD_INVALID or another reason about one field of the request; `field` as in the proto, with
// dots
// ("filter.mail.recipients").
[[nodiscard]] absl::Status FieldError(v1::ErrorReason reason, std::string_view field,
                                      std::string_view what);

// The status with one more entry in its ErrorInfo; unchanged where it has none.
[[nodiscard]] absl::Status WithMetadata(absl::Status status, std::string_view key,
                                        std::string_view value);

// What storage says, with a reason: kUnavailable is STORE_UNAVAILABLE, kDataLoss DATA_DAMAGED,
// kInvalidArgument (a header Message-ID that stands for too many messages to plan with)
// TOO_MANY_VALUES, and all else INTERNAL. The message stays storage's, for the log. A status that
// has a reason already stays as it is.
[[nodiscard]] absl::Status FromStorage(const absl::Status& status);

// Nullopt where the status carries none.
[[nodiscard]] std::optional<google::rpc::ErrorInfo> ErrorInfoOf(const absl::Status& status);

// The reason's name on the wire: "CURSOR_TOO_OLD".
[[nodiscard]] std::string NameOf(v1::ErrorReason reason);

}  // namespace mailtrail::server::api
