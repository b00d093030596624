#pragma once

// Binary search in the log, by something in the records' headers that never falls along it.

#include <cstdint>
#include <functional>

#include "absl/status/statusor.h"
#include "storage/base/time.h"
#include "storage/kv/store.h"
#include "storage/log/record.h"
#include "storage/log/sequence.h"

namespace mailtrail::query {

struct SearchResult {
  // The lowest sequence in first..last from which on all rows pass; last + 1 when none does.
  log::Sequence sequence;
  std::int64_t rows_read = 0;
};

// REQUIRES: once a row of first..last passes, all later ones do. Sequences without a row
// (reclaimed, below the floor) count as the next row does.
[[nodiscard]] absl::StatusOr<SearchResult> FirstThatPasses(
    const kv::Snapshot& snapshot, log::Sequence first, log::Sequence last,
    const std::function<bool(const log::RecordHeader&)>& passes);

// The first that was received at `t` or later.
[[nodiscard]] absl::StatusOr<SearchResult> FirstReceivedFrom(const kv::Snapshot& snapshot,
                                                             log::Sequence first,
                                                             log::Sequence last, UnixMillis t);

}  // namespace mailtrail::query
