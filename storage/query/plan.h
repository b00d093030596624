#pragma once

// From a filter to the cheapest way through the indexes that misses nothing. What a plan gives may
// hold more than the filter asks for: each record is checked (Matches).

#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/index/prepared.h"
#include "storage/kv/store.h"
#include "storage/log/log.h"
#include "storage/query/event_filter.h"
#include "storage/query/meter.h"
#include "storage/query/sequence_source.h"
#include "storage/query/span.h"

namespace mailtrail::query {

// All must outlive the plan.
struct PlanParts {
  const kv::Snapshot& snapshot;
  const log::Log& log;
  const index::Preparer& preparer;
  Meter& meter;
};

struct Plan {
  // The part of the span that can hold something.
  Span span;
  std::unique_ptr<SequenceSource> source;
  // The kind of what leads; as Cost::leading_term.
  std::string_view leading_term;
};

// `filter` must outlive the plan. kInvalidArgument when a header Message-ID stands for more than
// kHeaderIdMessagesMax messages and nothing else in the filter is indexed; kDataLoss.
[[nodiscard]] absl::StatusOr<Plan> MakePlan(const PlanParts& parts, const EventFilter& filter,
                                            const Span& span);

}  // namespace mailtrail::query
