#pragma once

#include <string>
#include <vector>

#include "mailtrail/v1/event.pb.h"

namespace mailtrail::cli {

// "RENDERING_FAILURE", or SES's word for a type that this release does not know; escaped.
[[nodiscard]] std::string ShowType(const v1::Event& event);

// Whom the event is about; "?" behind them when it may be any of several.
[[nodiscard]] std::string ShowRecipients(const v1::Event& event);

// What the event says, in a few words: "Permanent/General 550 5.1.1 user unknown". Escaped; empty
// for types that say nothing more.
[[nodiscard]] std::string ShowDetail(const v1::Event& event);

// An event as a row of a table.
[[nodiscard]] std::vector<std::string> EventHeader();
[[nodiscard]] std::vector<std::string> EventRow(const v1::Event& event);

}  // namespace mailtrail::cli
