#include "clients/cli/exit_code.h"

#include <string>

#include "clients/cpp/error.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"

namespace mailtrail::cli {
namespace {

// An error as a server of ours gives it.
absl::Status ServerError(grpc::StatusCode code, const std::string& message,
                         const std::string& reason, const std::string& key = "",
                         const std::string& value = "") {
  google::rpc::ErrorInfo info;
  info.set_domain("mailtrail");
  info.set_reason(reason);
  if (!key.empty()) (*info.mutable_metadata())[key] = value;
  google::rpc::Status details;
  details.add_details()->PackFrom(info);
  return client::ToStatus(grpc::Status(code, message, details.SerializeAsString()));
}

struct Reported {
  ExitCode code;
  std::string err;
};

Reported ReportOf(const absl::Status& error) {
  testing::internal::CaptureStderr();
  const ExitCode code = Report(error);
  return {code, testing::internal::GetCapturedStderr()};
}

TEST(ExitCode, TellsWhatAScriptMayActOn) {
  using absl::StatusCode;
  const auto code = [](StatusCode status) { return ReportOf(absl::Status(status, "why")).code; };
  EXPECT_EQ(code(StatusCode::kNotFound), 3);
  EXPECT_EQ(code(StatusCode::kUnavailable), 4);
  EXPECT_EQ(code(StatusCode::kDeadlineExceeded), 4);
  EXPECT_EQ(code(StatusCode::kResourceExhausted), 4);
  for (const StatusCode status :
       {StatusCode::kInvalidArgument, StatusCode::kInternal, StatusCode::kDataLoss,
        StatusCode::kUnimplemented, StatusCode::kUnknown, StatusCode::kPermissionDenied}) {
    EXPECT_EQ(code(status), 1) << absl::StatusCodeToString(status);
  }
}

TEST(ExitCode, OfLostHistoryIsItsOwnAndNamesTheCursorToGoOnFrom) {
  const Reported old = ReportOf(ServerError(grpc::StatusCode::OUT_OF_RANGE, "the history is gone",
                                            "CURSOR_TOO_OLD", "oldest_cursor", "abc"));
  EXPECT_EQ(old.code, 5);
  EXPECT_EQ(old.err,
            "mailtrail: the history is gone (CURSOR_TOO_OLD)\n"
            "mailtrail: go on with --from abc\n");
  const Reported lost = ReportOf(ServerError(grpc::StatusCode::FAILED_PRECONDITION, "rolled back",
                                             "CURSOR_OF_LOST_HISTORY", "resume_cursor", "def"));
  EXPECT_EQ(lost.code, 5);
  EXPECT_EQ(lost.err,
            "mailtrail: rolled back (CURSOR_OF_LOST_HISTORY)\n"
            "mailtrail: go on with --from def\n");
}

TEST(ExitCode, OfAnotherFailedPreconditionIsNotThatOfLostHistory) {
  const Reported refused =
      ReportOf(absl::FailedPreconditionError("the server refused a push with 403"));
  EXPECT_EQ(refused.code, 1);
  EXPECT_EQ(refused.err, "mailtrail: the server refused a push with 403\n");
}

TEST(ExitCode, WhatTheServerSaysIsEscaped) {
  EXPECT_EQ(ReportOf(absl::NotFoundError("no\x1b[2J\nmessage")).err,
            "mailtrail: no\\x1B[2J\\x0Amessage\n");
}

TEST(ExitCode, OfAMistakeIsTwo) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(ReportUsage(absl::InvalidArgumentError("--until must be after --since")), 2);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "mailtrail: --until must be after --since\n");
}

}  // namespace
}  // namespace mailtrail::cli
