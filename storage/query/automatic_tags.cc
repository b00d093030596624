#include "storage/query/automatic_tags.h"

#include <algorithm>
#include <optional>

#include "storage/base/status.h"
#include "storage/log/meta.h"
#include "storage/query/log_search.h"

namespace mailtrail::query {

absl::StatusOr<IndexedSince> FindIndexedSince(const kv::Snapshot& snapshot, std::string_view tag,
                                              const Span& span) {
  MT_ASSIGN_OR_RETURN(const std::optional<log::Meta> meta, log::ReadMeta(snapshot));
  if (!meta) return IndexedSince{};
  const auto& indexed = meta->index_set.automatic_tags();
  if (std::find(indexed.begin(), indexed.end(), tag) == indexed.end()) return IndexedSince{};
  const std::uint32_t number = meta->index_set.number();
  MT_ASSIGN_OR_RETURN(
      const SearchResult found,
      FirstThatPasses(snapshot, span.first, span.last, [number](const log::RecordHeader& header) {
        return header.index_set >= number;
      }));
  return IndexedSince{.since = found.sequence, .entries_read = found.rows_read};
}

}  // namespace mailtrail::query
