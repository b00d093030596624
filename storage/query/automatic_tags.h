#pragma once

// Since when an automatic tag ("ses:...") has terms: only events that came while the index set in
// force named it have them.

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/kv/store.h"
#include "storage/query/span.h"

namespace mailtrail::query {

struct IndexedSince {
  // From here on every event of the span has terms for the tag; the span's last + 1 when none has.
  // Nullopt when the tag is not indexed. Never too low; sets before the one in force are not looked
  // at.
  std::optional<log::Sequence> since;
  std::int64_t entries_read = 0;
};

[[nodiscard]] absl::StatusOr<IndexedSince> FindIndexedSince(const kv::Snapshot& snapshot,
                                                            std::string_view tag, const Span& span);

}  // namespace mailtrail::query
