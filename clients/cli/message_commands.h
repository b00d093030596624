#pragma once

#include "CLI/CLI.hpp"
#include "clients/cli/calls.h"
#include "clients/cli/exit_code.h"

namespace mailtrail::cli {

// `message get ID`. A command runs in its callback and leaves its result in `exit`; both must
// outlive the app.
void AddMessageCommands(CLI::App& app, const CallFlags& flags, ExitCode& exit);

}  // namespace mailtrail::cli
