#include "clients/cpp/error.h"

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "storage/base/text.h"

namespace mailtrail::client {
namespace {

constexpr char kPayloadUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr char kDomain[] = "mailtrail";

}  // namespace

absl::Status ToStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  // The codes are equal by contract: both are google.rpc.Code.
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return result;
  for (const auto& detail : details.details()) {
    google::rpc::ErrorInfo info;
    if (detail.UnpackTo(&info) && info.domain() == kDomain) {
      // Not from std::string: Clang and GCC name that constructor differently, and Abseil is GCC's.
      result.SetPayload(kPayloadUrl, absl::Cord(ToAbsl(info.SerializeAsString())));
    }
  }
  return result;
}

ErrorInfo ErrorInfoOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayloadUrl);
  google::rpc::ErrorInfo info;
  if (!payload || !info.ParseFromString(std::string(*payload))) return {};
  return {.reason = info.reason(), .metadata = {info.metadata().begin(), info.metadata().end()}};
}

bool IsRetryable(const absl::Status& status) {
  return absl::IsUnavailable(status) ||
         (absl::IsResourceExhausted(status) && ErrorInfoOf(status).reason == "TOO_MANY_CALLS");
}

}  // namespace mailtrail::client
