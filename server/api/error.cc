#include "server/api/error.h"

#include <array>
#include <cstdint>

#include "absl/strings/cord.h"
#include "server/api/limits.h"
#include "storage/base/text.h"

namespace mailtrail::server::api {
namespace {

constexpr std::string_view kReasonPrefix = "ERROR_REASON_";

// By number of the reason.
constexpr std::array kCodes = {
    absl::StatusCode::kUnknown,             // UNSPECIFIED, never raised.
    absl::StatusCode::kInvalidArgument,     // FIELD_INVALID
    absl::StatusCode::kInvalidArgument,     // FIELD_REQUIRED
    absl::StatusCode::kInvalidArgument,     // TOO_MANY_VALUES
    absl::StatusCode::kInvalidArgument,     // FILTER_FIELD_UNSUPPORTED
    absl::StatusCode::kInvalidArgument,     // FILTER_NOT_WATCHABLE
    absl::StatusCode::kInvalidArgument,     // SOURCE_UNKNOWN
    absl::StatusCode::kInvalidArgument,     // HEADER_NOT_INDEXED
    absl::StatusCode::kInvalidArgument,     // PAGE_TOKEN_INVALID
    absl::StatusCode::kInvalidArgument,     // PAGE_TOKEN_EXPIRED
    absl::StatusCode::kInvalidArgument,     // CURSOR_MALFORMED
    absl::StatusCode::kOutOfRange,          // CURSOR_TOO_OLD
    absl::StatusCode::kFailedPrecondition,  // CURSOR_OF_LOST_HISTORY
    absl::StatusCode::kNotFound,            // EVENT_NOT_FOUND
    absl::StatusCode::kNotFound,            // MESSAGE_NOT_FOUND
    absl::StatusCode::kUnavailable,         // DRAINING
    absl::StatusCode::kUnavailable,         // STORE_UNAVAILABLE
    absl::StatusCode::kResourceExhausted,   // TOO_MANY_CALLS
    absl::StatusCode::kUnimplemented,       // NOT_IMPLEMENTED
    absl::StatusCode::kDataLoss,            // DATA_DAMAGED
    absl::StatusCode::kInternal,            // INTERNAL
};
static_assert(kCodes.size() == v1::ErrorReason_ARRAYSIZE, "each reason has its code");

// At most `bytes_max` bytes, without half a character at the end.
std::string_view Cut(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<std::uint8_t>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

void SetInfo(const google::rpc::ErrorInfo& info, absl::Status& status) {
  status.SetPayload(ToAbsl(kErrorInfoType), absl::Cord(ToAbsl(info.SerializeAsString())));
}

}  // namespace

absl::StatusCode CodeOf(v1::ErrorReason reason) {
  return kCodes.at(static_cast<std::size_t>(reason));
}

std::string NameOf(v1::ErrorReason reason) {
  return v1::ErrorReason_Name(reason).substr(kReasonPrefix.size());
}

absl::Status MakeError(v1::ErrorReason reason, std::string_view message,
                       const ErrorMetadata& metadata) {
  google::rpc::ErrorInfo info;
  info.set_reason(NameOf(reason));
  info.set_domain(std::string(kErrorDomain));
  for (const auto& [key, value] : metadata) {
    (*info.mutable_metadata())[key] = Cut(value, kErrorValueBytesMax);
  }
  absl::Status status(CodeOf(reason), ToAbsl(Cut(message, kErrorMessageBytesMax)));
  SetInfo(info, status);
  return status;
}

absl::Status FieldError(v1::ErrorReason reason, std::string_view field, std::string_view what) {
  return MakeError(reason, Cat(field, ": ", what), {{"field", std::string(field)}});
}

absl::Status WithMetadata(absl::Status status, std::string_view key, std::string_view value) {
  std::optional<google::rpc::ErrorInfo> info = ErrorInfoOf(status);
  if (info) {
    (*info->mutable_metadata())[std::string(key)] = Cut(value, kErrorValueBytesMax);
    SetInfo(*info, status);
  }
  return status;
}

absl::Status FromStorage(const absl::Status& status) {
  if (status.ok() || ErrorInfoOf(status)) return status;
  const std::string_view message = FromAbsl(status.message());
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      return MakeError(v1::ERROR_REASON_STORE_UNAVAILABLE,
                       "the store is being reopened: call again in a second");
    case absl::StatusCode::kInvalidArgument:
      return MakeError(v1::ERROR_REASON_TOO_MANY_VALUES, message,
                       {{"field", "filter.mail.header_message_ids"}});
    case absl::StatusCode::kDataLoss:
      return MakeError(v1::ERROR_REASON_DATA_DAMAGED, message);
    default:
      return MakeError(v1::ERROR_REASON_INTERNAL, message);
  }
}

std::optional<google::rpc::ErrorInfo> ErrorInfoOf(const absl::Status& status) {
  const auto payload = status.GetPayload(ToAbsl(kErrorInfoType));
  if (!payload) return std::nullopt;
  google::rpc::ErrorInfo info;
  if (!info.ParseFromString(std::string(*payload))) return std::nullopt;
  return info;
}

}  // namespace mailtrail::server::api
