#pragma once

// One way into the log that a filter offers: the terms of a field, or messages.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/index/time_map.h"
#include "storage/query/filter_terms.h"
#include "storage/query/message_source.h"
#include "storage/query/plan.h"

namespace mailtrail::query {

struct Candidate {
  std::string_view kind;
  // Either is empty.
  FieldTerms field;
  std::vector<MessagePart> messages;
  // Where the field has no terms though events may match: all of it is given.
  std::vector<index::SequenceRange> unindexed;
  // Roughly how many rows it has in the span.
  std::uint64_t rows = 0;

  [[nodiscard]] bool IsMessages() const { return field.terms.empty(); }
  [[nodiscard]] bool IsType() const {
    return !IsMessages() && field.kind == index::TermKind::kType;
  }
};

struct Candidates {
  std::vector<Candidate> list;
  // A header Message-ID that stands for more than kHeaderIdMessagesMax messages: no way in.
  bool header_id_too_wide = false;
};

// All that the filter offers, with `rows` filled in.
[[nodiscard]] absl::StatusOr<Candidates> FindCandidates(const PlanParts& parts,
                                                        const EventFilter& filter,
                                                        const Span& span);

// The source that gives all events of the candidate that `rows` passes.
[[nodiscard]] std::unique_ptr<SequenceSource> Open(const Candidate& candidate,
                                                   const PlanParts& parts, const RowFilter& rows,
                                                   const Span& span);

}  // namespace mailtrail::query
