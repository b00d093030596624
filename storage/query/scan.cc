#include <algorithm>

#include "storage/base/status.h"
#include "storage/query/events.h"
#include "storage/query/meter.h"
#include "storage/query/page.h"
#include "storage/query/plan.h"

namespace mailtrail::query {
namespace {

Span SpanOf(const Scan& scan) {
  Span span{.first = {1}, .last = scan.as_of};
  if (scan.order == Order::kOldestFirst) {
    if (scan.after) span.first = {scan.after->value + 1};
  } else {
    span.direction = kv::Direction::kBackward;
    if (scan.after && *scan.after <= span.last) {
      span.last = {std::max<std::uint64_t>(scan.after->value, 1) - 1};
    }
  }
  return span;
}

}  // namespace

absl::StatusOr<ScanResult> Events::Run(const Scan& scan) const {
  if (scan.events_max == 0 || scan.bytes_max == 0) {
    return absl::InvalidArgumentError("a page of nothing was asked for");
  }
  // as_of was asked for before this snapshot is taken, so the snapshot holds all that is at or
  // below it.
  MT_ASSIGN_OR_RETURN(const auto snapshot, store_.TakeSnapshot());
  const Span whole = SpanOf(scan);
  Meter meter(scan.entries_max);
  MT_ASSIGN_OR_RETURN(const Plan plan,
                      MakePlan({*snapshot, log_, preparer_, meter}, *scan.filter, whole));
  SequenceSource& source = *plan.source;
  Page page({*snapshot, log_, preparer_}, scan);
  source.Seek(plan.span.start());
  while (source.at()) {
    if (source.Passes()) {
      MT_RETURN_IF_ERROR(page.Add(source.sequence(), source.record()));
      if (page.full()) break;
    }
    source.Next();
  }
  MT_RETURN_IF_ERROR(page.Flush());
  MT_RETURN_IF_ERROR(meter.error());

  ScanResult result;
  if (page.full()) {
    result.position = *page.judged();
  } else if (source.state() == SequenceSource::State::kStopped) {
    result.position = whole.Back(source.sequence());
  } else {
    result.exhausted = true;
  }
  // Past the end of what can match there is nothing to go on for.
  if (!result.exhausted && !plan.span.Before(result.position, plan.span.end())) {
    result.exhausted = true;
  }
  if (result.exhausted) {
    result.position =
        whole.forward() ? std::max(scan.as_of, scan.after.value_or(scan.as_of)) : whole.first;
  }
  result.events = page.TakeEvents();
  result.cost = {.leading_term = plan.leading_term,
                 .entries_read = meter.entries(),
                 .records_read = page.records_read()};
  return result;
}

}  // namespace mailtrail::query
