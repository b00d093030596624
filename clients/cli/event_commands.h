#pragma once

#include "CLI/CLI.hpp"
#include "clients/cli/calls.h"
#include "clients/cli/exit_code.h"

namespace mailtrail::cli {

// `event get|list|watch`. See AddMessageCommands.
void AddEventCommands(CLI::App& app, const CallFlags& flags, ExitCode& exit);

}  // namespace mailtrail::cli
