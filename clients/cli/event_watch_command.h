#pragma once

#include <string>

#include "clients/cli/calls.h"
#include "clients/cli/exit_code.h"
#include "clients/cli/filter_flags.h"

namespace mailtrail::cli {

struct EventWatchFlags {
  EventFilterFlags filter;
  std::string from = "now";
  std::string view = "full";
  bool stop_at_head = false;
  bool explain = false;
};

// Shows events as they come, resuming through restarts of the server, until SIGINT, SIGTERM, the
// head with --stop-at-head, or a reader that went away. The last cursor goes to stderr at the end.
[[nodiscard]] ExitCode WatchEvents(const CallFlags& flags, const EventWatchFlags& watch);

}  // namespace mailtrail::cli
