#pragma once

#include <string>
#include <vector>

#include "mailtrail/v1/message.pb.h"

namespace mailtrail::cli {

// A message as people read it: what it is, what became of it for each recipient, and its events in
// time, each with the time since it was sent.
[[nodiscard]] std::vector<std::string> TrailLines(const v1::MailMessage& message);

}  // namespace mailtrail::cli
