#pragma once

#include "absl/status/status.h"

namespace mailtrail::cli {

// What a script can tell apart. Also in --help and the README.
enum ExitCode : int {
  kOk = 0,
  kFailed = 1,       // The server refused or failed; stderr says why.
  kUsage = 2,        // A mistake on the command line; nothing was sent.
  kNotFound = 3,     // No such message or event.
  kUnavailable = 4,  // No server, or one that is stopping: try again.
  kHistory = 5,      // The place to watch from is gone; stderr names one that is there.
};

// Prints the error as one line on stderr ("mailtrail: ..."), with the cursor to go on from where
// there is one, and gives the code.
[[nodiscard]] ExitCode Report(const absl::Status& error);

// The same for a mistake on the command line.
[[nodiscard]] ExitCode ReportUsage(const absl::Status& mistake);

}  // namespace mailtrail::cli
