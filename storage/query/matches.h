#pragma once

// The two halves of Matches (events.h), so that a scan parses a record's body only when its header
// passes.

#include "storage/log/record.h"
#include "storage/query/event_filter.h"

namespace mailtrail::query {

// Message id, source, type, form, clamped and received time.
[[nodiscard]] bool MatchesHeader(const EventFilter& filter, const log::RecordHeader& header);

// Everything else.
[[nodiscard]] bool MatchesBody(const EventFilter& filter, const storage::v1::Event& event);

}  // namespace mailtrail::query
