#include "clients/cpp/error.h"

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "tests/clients/cpp/scripted_server.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::client {
namespace {

using grpc::StatusCode;
using test::Refusal;

TEST(Error, OkIsOk) { EXPECT_OK(ToStatus(grpc::Status::OK)); }

TEST(Error, HasNoReasonWhereTheServerGaveNone) {
  EXPECT_EQ(ErrorInfoOf(ToStatus({StatusCode::NOT_FOUND, "no"})).reason, "");
  EXPECT_EQ(ErrorInfoOf(ToStatus({StatusCode::NOT_FOUND, "no", "no proto \xff"})).reason, "");
  EXPECT_EQ(ErrorInfoOf(absl::OkStatus()).reason, "");
}

TEST(Error, TakesNoReasonOfAnotherDomain) {
  google::rpc::ErrorInfo info;
  info.set_domain("googleapis.com");
  info.set_reason("CURSOR_TOO_OLD");
  google::rpc::Status details;
  details.add_details()->PackFrom(info);
  const absl::Status status =
      ToStatus({StatusCode::OUT_OF_RANGE, "no", details.SerializeAsString()});
  EXPECT_EQ(ErrorInfoOf(status).reason, "");
}

TEST(Error, MayPassWhenTheServerStopsOrHasTooMuchToDo) {
  EXPECT_TRUE(IsRetryable(ToStatus({StatusCode::UNAVAILABLE, "no connection"})));
  EXPECT_TRUE(IsRetryable(ToStatus(Refusal(StatusCode::UNAVAILABLE, "DRAINING"))));
  EXPECT_TRUE(IsRetryable(ToStatus(Refusal(StatusCode::RESOURCE_EXHAUSTED, "TOO_MANY_CALLS"))));
  EXPECT_FALSE(IsRetryable(ToStatus({StatusCode::RESOURCE_EXHAUSTED, "message too large"})));
  EXPECT_FALSE(IsRetryable(ToStatus(Refusal(StatusCode::OUT_OF_RANGE, "CURSOR_TOO_OLD"))));
  EXPECT_FALSE(IsRetryable(ToStatus({StatusCode::INTERNAL, "fault"})));
  EXPECT_FALSE(IsRetryable(absl::OkStatus()));
}

}  // namespace
}  // namespace mailtrail::client
