#pragma once

// The events of one term, from its rows in `postings`.

#include <memory>

#include "storage/index/term.h"
#include "storage/kv/store.h"
#include "storage/mail/event_facts.h"
#include "storage/query/row_filter.h"
#include "storage/query/walk_source.h"

namespace mailtrail::query {

// The keys of the term's rows within the span.
[[nodiscard]] kv::Bounds TermBounds(index::Term term, const Span& span);

class TermSource final : public WalkSource {
 public:
  // Rows of a weaker involvement than `involvement` do not pass.
  struct Wanted {
    index::Term term;
    mail::Involvement involvement;
    RowFilter rows;
  };

  TermSource(const kv::Snapshot& snapshot, const Wanted& wanted, const Span& span, Meter& meter);

 private:
  [[nodiscard]] std::string KeyOf(log::Sequence sequence) const override;
  [[nodiscard]] absl::StatusOr<Row> Read(const kv::Walk& walk) override;

  const Wanted wanted_;
};

}  // namespace mailtrail::query
