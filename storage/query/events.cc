#include "storage/query/events.h"

#include <utility>

#include "storage/base/status.h"
#include "storage/index/by_message.h"
#include "storage/query/log_search.h"
#include "storage/query/record_reader.h"

namespace mailtrail::query {
namespace {

absl::Status NoSuchEvent() { return absl::NotFoundError("there is no such event"); }

}  // namespace

absl::StatusOr<FoundEvent> Events::Get(const mail::EventId& id, WithRaw raw) const {
  const log::Sequence as_of = log_.head(0);
  MT_ASSIGN_OR_RETURN(const auto snapshot, store_.TakeSnapshot());
  const mail::MessageKey message = preparer_.messages().KeyOf(id.message_id);
  const auto walk =
      snapshot->NewWalk(kv::FamilyId::kByMessage, kv::PrefixBounds(index::ByMessagePrefix(message)),
                        kv::Direction::kForward);
  std::int64_t rows = 0;
  for (walk->SeekToFirst(); walk->Valid() && rows < kMessageRowsMax; walk->Next(), ++rows) {
    MT_ASSIGN_OR_RETURN(log::RecordView record, log::DecodeRecord(walk->value()));
    if (record.header.fingerprint != id.fingerprint || record.header.message_id != id.message_id) {
      continue;
    }
    MT_ASSIGN_OR_RETURN(const index::ByMessagePlace place, index::ParseByMessageKey(walk->key()));
    if (place.sequence > as_of) return NoSuchEvent();
    FoundEvent found{.sequence = place.sequence};
    MT_ASSIGN_OR_RETURN(found.event, ParseEvent(place.sequence, record.body));
    found.header = std::move(record.header);
    if (raw == WithRaw::kYes) {
      MT_ASSIGN_OR_RETURN(found.raw, ReadRaw(*snapshot, message, place.sequence));
    }
    return found;
  }
  MT_RETURN_IF_ERROR(walk->status());
  return NoSuchEvent();
}

absl::StatusOr<log::Sequence> Events::LastBefore(UnixMillis t, log::Sequence as_of) const {
  MT_ASSIGN_OR_RETURN(const auto snapshot, store_.TakeSnapshot());
  MT_ASSIGN_OR_RETURN(const SearchResult found, FirstReceivedFrom(*snapshot, {1}, as_of, t));
  return log::Sequence{found.sequence.value - 1};
}

}  // namespace mailtrail::query
