#pragma once

#include "CLI/CLI.hpp"
#include "clients/cli/exit_code.h"

namespace mailtrail::cli {

// `demo`: pushes made-up life cycles at a server. See AddMessageCommands.
void AddDemoCommand(CLI::App& app, ExitCode& exit);

}  // namespace mailtrail::cli
