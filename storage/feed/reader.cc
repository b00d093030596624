#include "storage/feed/reader.h"

#include <algorithm>
#include <optional>
#include <string>

#include "storage/base/status.h"
#include "storage/query/filter_terms.h"

namespace mailtrail::feed {

absl::StatusOr<Step> Reader::Next(std::size_t events_max, query::WithRaw raw) {
  // The head first, the snapshot (in Run) second: else rows at or below the head could be missing
  // from an older view, and the position would skip them.
  const log::Sequence as_of = log_.head(0);
  Step step{.events = {}, .position = position_, .at_head = true, .cost = {}};
  if (position_ < as_of) {
    MT_ASSIGN_OR_RETURN(query::ScanResult result, events_.Run({.filter = &filter_,
                                                               .order = query::Order::kOldestFirst,
                                                               .after = position_,
                                                               .as_of = as_of,
                                                               .events_max = events_max,
                                                               .raw = raw}));
    step = {.events = std::move(result.events),
            .position = result.position,
            .at_head = result.exhausted,
            .cost = result.cost};
  }
  // The floor last: it may have risen while we read, and what lies below it may have been missing.
  if (const log::Sequence floor = log_.floor(0); position_.value + 1 < floor.value) {
    return MakeStatus(absl::StatusCode::kOutOfRange, "events before ", floor.value,
                      " are no longer kept, and the reader is at ", position_.value);
  }
  position_ = step.position;
  return step;
}

Interest InterestOf(const query::EventFilter& filter, const index::Preparer& preparer) {
  std::optional<query::FieldTerms> fewest;
  for (query::FieldTerms& field : query::TermsOf(filter, preparer.terms())) {
    // An automatic tag may not be indexed: nobody would be woken.
    if (!field.automatic_tag.empty()) continue;
    if (!fewest || field.terms.size() < fewest->terms.size()) fewest = std::move(field);
  }
  if (fewest) return {.terms = std::move(fewest->terms), .messages = {}};
  Interest interest;
  for (const std::string& id : filter.message_ids) {
    interest.messages.push_back(preparer.messages().KeyOf(id));
  }
  return interest;
}

}  // namespace mailtrail::feed
