#include "storage/query/log_source.h"

#include <algorithm>

#include "storage/base/status.h"
#include "storage/log/local_log.h"
#include "storage/log/record.h"

namespace mailtrail::query {
namespace {

kv::Bounds LogBounds(const Span& span) {
  return {.begin = log::EventsKey(span.first), .end = log::EventsKey({span.last.value + 1})};
}

}  // namespace

LogSource::LogSource(const kv::Snapshot& snapshot, const log::Log& log, const RowFilter& rows,
                     const Span& span, Meter& meter)
    : WalkSource(snapshot.NewWalk(kv::FamilyId::kEvents, LogBounds(span), span.direction), span,
                 meter),
      log_(log),
      rows_(rows) {}

std::string LogSource::KeyOf(log::Sequence sequence) const { return log::EventsKey(sequence); }

absl::StatusOr<WalkSource::Row> LogSource::Read(const kv::Walk& walk) {
  MT_ASSIGN_OR_RETURN(const log::Sequence sequence, log::ParseEventsKey(walk.key()));
  MT_ASSIGN_OR_RETURN(const log::RecordView record, log::DecodeRecord(walk.value()));
  return Row{
      .sequence = sequence,
      .passes = record.header.kind == log::RecordKind::kEvent && rows_.Passes(record.header)};
}

absl::Status LogSource::CheckGap(log::Sequence target, std::optional<log::Sequence> found) const {
  if (found == target) return absl::OkStatus();
  // What is missing lies from `target` to before `found`, or to the end of the span.
  const log::Sequence last = found ? span().Back(*found) : span().end();
  if (span().Before(last, target)) return absl::OkStatus();
  const log::Sequence highest = std::max(target, last);
  // Asked after the rows were read: the floor rises before anything below it goes.
  if (highest < log_.floor(0)) return absl::OkStatus();
  return MakeStatus(absl::StatusCode::kDataLoss, "the log has no record ", highest.value);
}

}  // namespace mailtrail::query
