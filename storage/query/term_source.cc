#include "storage/query/term_source.h"

#include "storage/base/status.h"
#include "storage/index/postings.h"

namespace mailtrail::query {

kv::Bounds TermBounds(index::Term term, const Span& span) {
  return {.begin = index::PostingsKey(term, span.first),
          .end = index::PostingsKey(term, {span.last.value + 1})};
}

TermSource::TermSource(const kv::Snapshot& snapshot, const Wanted& wanted, const Span& span,
                       Meter& meter)
    : WalkSource(
          snapshot.NewWalk(kv::FamilyId::kPostings, TermBounds(wanted.term, span), span.direction),
          span, meter),
      wanted_(wanted) {}

std::string TermSource::KeyOf(log::Sequence sequence) const {
  return index::PostingsKey(wanted_.term, sequence);
}

absl::StatusOr<WalkSource::Row> TermSource::Read(const kv::Walk& walk) {
  MT_ASSIGN_OR_RETURN(const log::Sequence sequence, index::SequenceOfPostingsKey(walk.key()));
  MT_ASSIGN_OR_RETURN(const index::PostingRow row, index::ParsePostingRow(walk.value()));
  return Row{.sequence = sequence,
             .passes = row.involvement >= wanted_.involvement && wanted_.rows.Passes(row)};
}

}  // namespace mailtrail::query
