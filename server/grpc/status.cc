#include "server/grpc/status.h"

#include <string>

#include "absl/strings/cord.h"
#include "google/rpc/status.pb.h"
#include "storage/base/text.h"

namespace mailtrail::server::wire {
namespace {

// The numbers are the same by contract: both follow google.rpc.Code.
static_assert(static_cast<int>(absl::StatusCode::kCancelled) == ::grpc::StatusCode::CANCELLED);
static_assert(static_cast<int>(absl::StatusCode::kUnavailable) == ::grpc::StatusCode::UNAVAILABLE);
static_assert(static_cast<int>(absl::StatusCode::kUnauthenticated) ==
              ::grpc::StatusCode::UNAUTHENTICATED);

}  // namespace

bool IsOurFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kDataLoss ||
         code == absl::StatusCode::kUnknown;
}

::grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return ::grpc::Status::OK;
  const std::string message = IsOurFault(status.code())
                                  ? "a fault of the server; its log has the cause"
                                  : Cat(status.message());
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(message);
  status.ForEachPayload([&details](absl::string_view type, const absl::Cord& payload) {
    google::protobuf::Any& detail = *details.add_details();
    detail.set_type_url(Cat(type));
    detail.set_value(std::string(payload));
  });
  return {static_cast<::grpc::StatusCode>(status.code()), message,
          details.details().empty() ? "" : details.SerializeAsString()};
}

}  // namespace mailtrail::server::wire
