#pragma once

// Which terms an event yields: the table of terms and the rules of involvement, in one place.

#include <vector>

#include "mailtrail/storage/v1/event.pb.h"
#include "storage/index/prepared.h"
#include "storage/index/term.h"

namespace mailtrail::index {

struct TermsOfEvent {
  std::vector<PostingTerm> postings;  // Sorted by term, each once, with its strongest involvement.
  std::vector<Term> listings;         // Sorted, each once.
};

// Terms of kinds that `set` has, without those that the event marks as capped. Addresses that only
// headers name have a posting (the erasure's work list) and no listing, and give no domain; terms
// that are not about an address stand as affected.
[[nodiscard]] TermsOfEvent TermsOf(const storage::v1::Event& event, std::uint16_t source,
                                   const storage::v1::IndexSet& set, const Terms& terms);

}  // namespace mailtrail::index
