#include "clients/cli/exit_code.h"

#include <cstdio>
#include <string>

#include "clients/cli/escape.h"
#include "clients/cpp/error.h"
#include "storage/base/text.h"

namespace mailtrail::cli {
namespace {

ExitCode CodeOf(const absl::Status& error, const std::string& reason) {
  if (reason == "CURSOR_TOO_OLD" || reason == "CURSOR_OF_LOST_HISTORY") return kHistory;
  switch (error.code()) {
    case absl::StatusCode::kOk:
      return kOk;
    case absl::StatusCode::kNotFound:
      return kNotFound;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
      return kUnavailable;
    default:
      return kFailed;
  }
}

}  // namespace

ExitCode Report(const absl::Status& error) {
  std::string line = Cat("mailtrail: ", Escape(FromAbsl(error.message())));
  const client::ErrorInfo info = client::ErrorInfoOf(error);
  if (!info.reason.empty()) line += Cat(" (", Escape(info.reason), ")");
  line += "\n";
  for (const char* key : {"oldest_cursor", "resume_cursor"}) {
    const auto found = info.metadata.find(key);
    if (found != info.metadata.end()) {
      line += Cat("mailtrail: go on with --from ", Escape(found->second), "\n");
    }
  }
  std::fputs(line.c_str(), stderr);
  return CodeOf(error, info.reason);
}

ExitCode ReportUsage(const absl::Status& mistake) {
  std::fputs(Cat("mailtrail: ", Escape(FromAbsl(mistake.message())), "\n").c_str(), stderr);
  return kUsage;
}

}  // namespace mailtrail::cli
