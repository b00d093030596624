#pragma once

namespace mailtrail::cli {

// The whole program: parses the command line, runs one command, and gives the exit code
// (exit_code.h). Never throws.
[[nodiscard]] int Run(int argc, const char* const* argv);

}  // namespace mailtrail::cli
