#pragma once

// The fields of a filter that have terms in `postings`: what a plan may walk, and what may wake a
// watcher.

#include <optional>
#include <string>
#include <vector>

#include "storage/index/prepared.h"
#include "storage/index/term.h"
#include "storage/mail/event_facts.h"
#include "storage/query/event_filter.h"

namespace mailtrail::query {

// One field, or one tag or header of it: an event that passes has at least one of the terms.
struct FieldTerms {
  index::TermKind kind = index::TermKind::kRecipient;
  std::vector<index::Term> terms;  // Sorted, each once.
  // What rows must say to count: recipients and domains match those whom the event itself names.
  mail::Involvement involvement = mail::Involvement::kNamed;
  // The name of an automatic tag ("ses:..."), else empty. Events have its terms only while the
  // index set in force names it; all other kinds are on every event that has the value.
  std::string automatic_tag;
};

// In the order of the filter's fields. Types are in only when all asked ones have terms.
[[nodiscard]] std::vector<FieldTerms> TermsOf(const EventFilter& filter, const index::Terms& terms);

}  // namespace mailtrail::query
