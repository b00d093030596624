#pragma once

#include <ostream>

#include "server/config/command_line.h"

namespace mailtrail::server::app {

// `mailtrail-server check`: opens the store, which no server may have open, and says on `out`
// family by family whether it is what its log says. The rebuilt rows are written beside the store,
// and removed. Gives the exit code: 0 all agrees, 1 something differs or cannot be read (`err` says
// what).
[[nodiscard]] int RunCheck(const config::Check& check, std::ostream& out, std::ostream& err);

}  // namespace mailtrail::server::app
