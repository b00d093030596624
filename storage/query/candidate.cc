#include "storage/query/candidate.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "storage/base/status.h"
#include "storage/index/listings.h"
#include "storage/query/automatic_tags.h"
#include "storage/query/limits.h"
#include "storage/query/or_source.h"
#include "storage/query/ranges_source.h"
#include "storage/query/term_source.h"
#include "storage/query/time_ranges.h"

namespace mailtrail::query {
namespace {

// About what a row takes before compression: to compare kinds of rows with each other.
constexpr std::uint64_t kPostingBytes = 32;
constexpr std::uint64_t kRecordBytes = 512;

using MessageKeySet = std::set<mail::MessageKey>;

std::vector<MessagePart> PartsOf(const MessageKeySet& messages, const RowFilter& rows) {
  std::vector<MessagePart> parts;
  for (const mail::MessageKey& message : messages) {
    for (const mail::Part part : {mail::Part::kLifeCycle, mail::Part::kEngagement}) {
      if (rows.PassesPart(part)) parts.push_back({.message = message, .part = part});
    }
  }
  return parts;
}

// The messages that a header Message-ID stands for; nullopt when there are too many.
absl::StatusOr<std::optional<MessageKeySet>> MessagesOf(const PlanParts& parts,
                                                        std::string_view header_id) {
  const index::Term term = parts.preparer.terms().Of(index::TermKind::kHeaderMessageId, header_id);
  const auto walk =
      parts.snapshot.NewWalk(kv::FamilyId::kListings, kv::PrefixBounds(index::ListingsPrefix(term)),
                             kv::Direction::kForward);
  MessageKeySet messages;
  for (walk->SeekToFirst(); walk->Valid(); walk->Next()) {
    parts.meter.CountPlanning(1);
    MT_ASSIGN_OR_RETURN(const index::ListingPlace place, index::ParseListingsKey(walk->key()));
    messages.insert(place.message);
    if (messages.size() > kHeaderIdMessagesMax) return std::nullopt;
  }
  MT_RETURN_IF_ERROR(walk->status());
  return messages;
}

// Fills in where an automatic tag has no terms. False when it has none anywhere.
absl::StatusOr<bool> AddUnindexed(const PlanParts& parts, const Span& span, Candidate& candidate) {
  if (candidate.field.automatic_tag.empty()) return true;
  MT_ASSIGN_OR_RETURN(const IndexedSince indexed,
                      FindIndexedSince(parts.snapshot, candidate.field.automatic_tag, span));
  parts.meter.CountPlanning(indexed.entries_read);
  if (!indexed.since) return false;
  if (*indexed.since > span.first) {
    candidate.unindexed.push_back({.first = span.first, .last = {indexed.since->value - 1}});
  }
  return true;
}

std::uint64_t EstimateRows(const Candidate& candidate, const PlanParts& parts, const Span& span) {
  std::uint64_t rows = SequencesIn(candidate.unindexed);
  for (const index::Term term : candidate.field.terms) {
    rows += parts.snapshot.EstimateBytes(kv::FamilyId::kPostings, TermBounds(term, span)) /
            kPostingBytes;
  }
  for (const MessagePart& part : candidate.messages) {
    rows += parts.snapshot.EstimateBytes(kv::FamilyId::kByMessage, MessageBounds(part, span)) /
            kRecordBytes;
  }
  return rows;
}

}  // namespace

absl::StatusOr<Candidates> FindCandidates(const PlanParts& parts, const EventFilter& filter,
                                          const Span& span) {
  const RowFilter rows(filter);
  Candidates found;
  if (!filter.message_ids.empty()) {
    MessageKeySet messages;
    for (const std::string& id : filter.message_ids) {
      messages.insert(parts.preparer.messages().KeyOf(id));
    }
    found.list.push_back({.kind = "message", .messages = PartsOf(messages, rows)});
  }
  if (!filter.header_message_ids.empty()) {
    MessageKeySet messages;
    for (const std::string& id : filter.header_message_ids) {
      MT_ASSIGN_OR_RETURN(auto of_id, MessagesOf(parts, id));
      found.header_id_too_wide = found.header_id_too_wide || !of_id;
      if (of_id) messages.merge(*of_id);
    }
    if (!found.header_id_too_wide) {
      found.list.push_back({.kind = index::InfoOf(index::TermKind::kHeaderMessageId).name,
                            .messages = PartsOf(messages, rows)});
    }
  }
  for (FieldTerms& field : TermsOf(filter, parts.preparer.terms())) {
    Candidate candidate{.kind = index::InfoOf(field.kind).name, .field = std::move(field)};
    MT_ASSIGN_OR_RETURN(const bool indexed, AddUnindexed(parts, span, candidate));
    if (indexed) found.list.push_back(std::move(candidate));
  }
  for (Candidate& candidate : found.list) candidate.rows = EstimateRows(candidate, parts, span);
  return found;
}

std::unique_ptr<SequenceSource> Open(const Candidate& candidate, const PlanParts& parts,
                                     const RowFilter& rows, const Span& span) {
  Sources sources;
  for (const index::Term term : candidate.field.terms) {
    sources.push_back(std::make_unique<TermSource>(
        parts.snapshot,
        TermSource::Wanted{.term = term, .involvement = candidate.field.involvement, .rows = rows},
        span, parts.meter));
  }
  for (const MessagePart& part : candidate.messages) {
    sources.push_back(
        std::make_unique<MessageSource>(parts.snapshot, part, rows, span, parts.meter));
  }
  if (!candidate.unindexed.empty()) {
    sources.push_back(std::make_unique<RangesSource>(candidate.unindexed, span));
  }
  if (sources.size() == 1) return std::move(sources.front());
  return std::make_unique<OrSource>(std::move(sources), span);
}

}  // namespace mailtrail::query
