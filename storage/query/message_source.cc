#include "storage/query/message_source.h"

#include "storage/base/status.h"
#include "storage/index/by_message.h"
#include "storage/log/record.h"

namespace mailtrail::query {

kv::Bounds MessageBounds(const MessagePart& part, const Span& span) {
  return {.begin = index::ByMessageKey(part.message, part.part, span.first),
          .end = index::ByMessageKey(part.message, part.part, {span.last.value + 1})};
}

MessageSource::MessageSource(const kv::Snapshot& snapshot, const MessagePart& part,
                             const RowFilter& rows, const Span& span, Meter& meter)
    : WalkSource(
          snapshot.NewWalk(kv::FamilyId::kByMessage, MessageBounds(part, span), span.direction),
          span, meter),
      part_(part),
      rows_(rows) {}

std::string MessageSource::KeyOf(log::Sequence sequence) const {
  return index::ByMessageKey(part_.message, part_.part, sequence);
}

absl::StatusOr<WalkSource::Row> MessageSource::Read(const kv::Walk& walk) {
  MT_ASSIGN_OR_RETURN(const index::ByMessagePlace place, index::ParseByMessageKey(walk.key()));
  MT_ASSIGN_OR_RETURN(const log::RecordView record, log::DecodeRecord(walk.value()));
  return Row{.sequence = place.sequence, .passes = rows_.Passes(record.header)};
}

}  // namespace mailtrail::query
