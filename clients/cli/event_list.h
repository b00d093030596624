#pragma once

#include <cstdint>
#include <string>

#include "clients/cli/calls.h"
#include "clients/cli/exit_code.h"
#include "clients/cli/filter_flags.h"

namespace mailtrail::cli {

struct EventListFlags {
  EventFilterFlags filter;
  std::string order = "newest";
  std::string view = "full";
  std::int64_t limit = 50;
  bool explain = false;
};

// Page after page up to the limit. A list that was cut says so on stderr.
[[nodiscard]] ExitCode ListEvents(const CallFlags& flags, const EventListFlags& list);

}  // namespace mailtrail::cli
