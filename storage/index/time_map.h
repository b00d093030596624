#pragma once

// time_map: a time range as ranges of the log.
//
//   key   := hour u32 of the clamped time
//   value := 1 to 8 ranges (first sequence u64, last sequence u64), ascending, apart from each
//   other
//
// Merged record by record: a sequence that no range holds or touches becomes a range of its own; a
// ninth makes the two nearest neighbours one (smallest gap; on a tie the older pair).

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/index/projection.h"

namespace mailtrail::index {

inline constexpr std::size_t kTimeMapRangesMax = 8;

struct SequenceRange {
  log::Sequence first;
  log::Sequence last;
  friend auto operator<=>(const SequenceRange&, const SequenceRange&) = default;
};

[[nodiscard]] std::string TimeMapKey(std::uint32_t hour);
[[nodiscard]] absl::StatusOr<std::uint32_t> ParseTimeMapKey(std::string_view key);
[[nodiscard]] absl::StatusOr<std::vector<SequenceRange>> ParseTimeMapRow(std::string_view value);
[[nodiscard]] std::string EncodeTimeMapRow(const std::vector<SequenceRange>& ranges);
// REQUIRES: `sequence` is above all that the ranges hold, as in the log's order.
void AddToRanges(log::Sequence sequence, std::vector<SequenceRange>& ranges);

// Keeps the last hours in memory, reads others from `store`.
[[nodiscard]] std::unique_ptr<Projection> MakeTimeMap(kv::Store& store);

}  // namespace mailtrail::index
