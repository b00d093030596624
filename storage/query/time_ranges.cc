#include "storage/query/time_ranges.h"

#include <algorithm>

#include "storage/base/status.h"

namespace mailtrail::query {
namespace {

kv::Bounds HoursOf(const TimeRange& time) {
  kv::Bounds hours;
  if (time.start) hours.begin = index::TimeMapKey(HourOf(std::max(*time.start, UnixMillis{})));
  // The end is not in the range, but its hour may hold what came before it.
  if (time.end) hours.end = index::TimeMapKey(HourOf(std::min(*time.end, kUnixMillisMax)) + 1);
  return hours;
}

// Sorts, and makes one of ranges that overlap or touch.
std::vector<index::SequenceRange> Merge(std::vector<index::SequenceRange> ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::vector<index::SequenceRange> merged;
  for (const index::SequenceRange& range : ranges) {
    if (!merged.empty() && range.first.value <= merged.back().last.value + 1) {
      merged.back().last = std::max(merged.back().last, range.last);
    } else {
      merged.push_back(range);
    }
  }
  return merged;
}

}  // namespace

absl::StatusOr<TimeRanges> ReadTimeRanges(const kv::Snapshot& snapshot, const TimeRange& time,
                                          const Span& span, std::uint64_t hours_max) {
  TimeRanges result;
  std::vector<index::SequenceRange> ranges;
  std::uint64_t hours = 0;
  const auto walk =
      snapshot.NewWalk(kv::FamilyId::kTimeMap, HoursOf(time), kv::Direction::kForward);
  for (walk->SeekToFirst(); walk->Valid(); walk->Next()) {
    if (++hours > hours_max) return result;
    MT_ASSIGN_OR_RETURN(const auto row, index::ParseTimeMapRow(walk->value()));
    for (const index::SequenceRange& range : row) {
      ++result.entries_read;
      const index::SequenceRange within{.first = std::max(range.first, span.first),
                                        .last = std::min(range.last, span.last)};
      if (within.first <= within.last) ranges.push_back(within);
    }
  }
  MT_RETURN_IF_ERROR(walk->status());
  result.ranges = Merge(std::move(ranges));
  return result;
}

std::uint64_t SequencesIn(const std::vector<index::SequenceRange>& ranges) {
  std::uint64_t count = 0;
  for (const index::SequenceRange& range : ranges)
    count += range.last.value - range.first.value + 1;
  return count;
}

}  // namespace mailtrail::query
