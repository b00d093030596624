#pragma once

// A range of clamped times as ranges of the log, from `time_map`.

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/index/time_map.h"
#include "storage/kv/store.h"
#include "storage/query/event_filter.h"
#include "storage/query/span.h"

namespace mailtrail::query {

struct TimeRanges {
  // Ascending and apart; they hold every event of the time range within the span, and others.
  // Nullopt when there are more hours than asked for: the time is then judged on each row.
  std::optional<std::vector<index::SequenceRange>> ranges;
  std::int64_t entries_read = 0;  // Ranges of time_map.
};

// Reads at most `hours_max` hours.
[[nodiscard]] absl::StatusOr<TimeRanges> ReadTimeRanges(const kv::Snapshot& snapshot,
                                                        const TimeRange& time, const Span& span,
                                                        std::uint64_t hours_max);

// How many sequences there are in the ranges.
[[nodiscard]] std::uint64_t SequencesIn(const std::vector<index::SequenceRange>& ranges);

}  // namespace mailtrail::query
