#include "storage/query/log_search.h"

#include "storage/base/status.h"
#include "storage/log/local_log.h"

namespace mailtrail::query {

absl::StatusOr<SearchResult> FirstThatPasses(
    const kv::Snapshot& snapshot, log::Sequence first, log::Sequence last,
    const std::function<bool(const log::RecordHeader&)>& passes) {
  SearchResult result;
  // The answer lies in low..high.
  std::uint64_t low = first.value;
  std::uint64_t high = last.value + 1;
  const auto walk =
      snapshot.NewWalk(kv::FamilyId::kEvents,
                       {.begin = log::EventsKey(first), .end = log::EventsKey({last.value + 1})},
                       kv::Direction::kForward);
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    walk->Seek(log::EventsKey({middle}));
    if (!walk->Valid()) {
      MT_RETURN_IF_ERROR(walk->status());
      high = middle;
      continue;
    }
    ++result.rows_read;
    MT_ASSIGN_OR_RETURN(const log::Sequence found, log::ParseEventsKey(walk->key()));
    MT_ASSIGN_OR_RETURN(const log::RecordView record, log::DecodeRecord(walk->value()));
    if (passes(record.header)) {
      high = middle;
    } else {
      low = found.value + 1;
    }
  }
  result.sequence = {low};
  return result;
}

absl::StatusOr<SearchResult> FirstReceivedFrom(const kv::Snapshot& snapshot, log::Sequence first,
                                               log::Sequence last, UnixMillis t) {
  return FirstThatPasses(snapshot, first, last, [t](const log::RecordHeader& header) {
    return header.received_time >= t;
  });
}

}  // namespace mailtrail::query
