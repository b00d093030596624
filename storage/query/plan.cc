#include "storage/query/plan.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "storage/base/status.h"
#include "storage/query/and_source.h"
#include "storage/query/candidate.h"
#include "storage/query/limits.h"
#include "storage/query/log_search.h"
#include "storage/query/log_source.h"
#include "storage/query/ranges_source.h"
#include "storage/query/time_ranges.h"

namespace mailtrail::query {
namespace {

constexpr std::string_view kTime = "time";
constexpr std::string_view kLog = "log";

// A day of time_map is one block: never too dear to look at.
constexpr std::uint64_t kCheapHours = 24;

bool MatchesNoTime(const TimeRange& time) {
  return time.start && time.end && *time.start >= *time.end;
}

bool MatchesNothing(const EventFilter& filter) {
  return MatchesNoTime(filter.event_time) || MatchesNoTime(filter.received_time) ||
         MatchesNoTime(filter.sent_time) || (filter.sources && filter.sources->empty());
}

// The log is in the order of received_time: a range of it is one range of the log.
absl::StatusOr<Span> NarrowByReceived(const PlanParts& parts, const TimeRange& received,
                                      Span span) {
  if (received.start && !span.empty()) {
    MT_ASSIGN_OR_RETURN(const SearchResult found,
                        FirstReceivedFrom(parts.snapshot, span.first, span.last, *received.start));
    parts.meter.CountPlanning(found.rows_read);
    span.first = found.sequence;
  }
  if (received.end && !span.empty()) {
    MT_ASSIGN_OR_RETURN(const SearchResult found,
                        FirstReceivedFrom(parts.snapshot, span.first, span.last, *received.end));
    parts.meter.CountPlanning(found.rows_read);
    span.last = {found.sequence.value - 1};
  }
  return span;
}

// The candidates that are worth reading, the cheapest first.
void Choose(std::vector<Candidate>& candidates) {
  // Of two that cost the same, the one whose rows are records leads; then the earlier field.
  const auto key = [](const Candidate& candidate) {
    return std::make_tuple(candidate.rows, !candidate.IsMessages(), candidate.field.kind);
  };
  std::sort(candidates.begin(), candidates.end(),
            [&key](const Candidate& a, const Candidate& b) { return key(a) < key(b); });
  if (candidates.empty()) return;
  // Rows that are records answer the rest of the filter themselves.
  if (candidates.front().IsMessages()) candidates.erase(candidates.begin() + 1, candidates.end());
  // Each row says its type: a list of types helps only where it is the shortest.
  candidates.erase(std::remove_if(candidates.begin() + 1, candidates.end(),
                                  [](const Candidate& candidate) { return candidate.IsType(); }),
                   candidates.end());
}

// The event time as ranges; nullopt when they would not save anything.
absl::StatusOr<std::optional<std::vector<index::SequenceRange>>> RangesOf(const PlanParts& parts,
                                                                          const TimeRange& time,
                                                                          const Span& span,
                                                                          std::uint64_t lead_rows) {
  if (time.empty()) return std::nullopt;
  // The map must not cost more than what is read without it.
  const std::uint64_t hours_max = std::min({span.size(), std::max(lead_rows, kCheapHours),
                                            static_cast<std::uint64_t>(kTimeMapHoursMax)});
  MT_ASSIGN_OR_RETURN(TimeRanges found, ReadTimeRanges(parts.snapshot, time, span, hours_max));
  parts.meter.CountPlanning(found.entries_read);
  if (found.ranges && SequencesIn(*found.ranges) == span.size()) return std::nullopt;
  return std::move(found.ranges);
}

Plan Nothing(const Span& span, std::string_view leading_term) {
  return {.span = span,
          .source = std::make_unique<RangesSource>(std::vector<index::SequenceRange>(), span),
          .leading_term = leading_term};
}

}  // namespace

absl::StatusOr<Plan> MakePlan(const PlanParts& parts, const EventFilter& filter,
                              const Span& whole) {
  if (MatchesNothing(filter) || whole.empty()) return Nothing(whole, kLog);
  MT_ASSIGN_OR_RETURN(const Span span, NarrowByReceived(parts, filter.received_time, whole));
  if (span.empty()) return Nothing(span, kTime);

  MT_ASSIGN_OR_RETURN(Candidates candidates, FindCandidates(parts, filter, span));
  Choose(candidates.list);
  const bool has_lead = !candidates.list.empty();
  const std::uint64_t lead_rows = has_lead ? candidates.list.front().rows : span.size();
  MT_ASSIGN_OR_RETURN(auto ranges, RangesOf(parts, filter.event_time, span, lead_rows));

  Plan plan{.span = span, .source = nullptr, .leading_term = kLog};
  if (ranges && SequencesIn(*ranges) < lead_rows) {
    plan.leading_term = kTime;
  } else if (has_lead) {
    plan.leading_term = candidates.list.front().kind;
  } else if (!filter.received_time.empty()) {
    plan.leading_term = kTime;
  }
  if (!has_lead && candidates.header_id_too_wide && plan.leading_term == kLog) {
    return MakeStatus(absl::StatusCode::kInvalidArgument,
                      "a header Message-ID of the filter stands for more than ",
                      kHeaderIdMessagesMax,
                      " messages: ask by something else beside it, such as a time or a recipient");
  }

  const RowFilter rows(filter);
  Sources sources;
  // Ranges cost nothing to ask, so they are asked first, whoever leads.
  if (ranges) sources.push_back(std::make_unique<RangesSource>(*std::move(ranges), span));
  for (const Candidate& candidate : candidates.list) {
    sources.push_back(Open(candidate, parts, rows, span));
  }
  // Nothing of the filter is indexed: the records themselves.
  if (!has_lead) {
    sources.push_back(
        std::make_unique<LogSource>(parts.snapshot, parts.log, rows, span, parts.meter));
  }
  plan.source = sources.size() == 1 ? std::move(sources.front())
                                    : std::make_unique<AndSource>(std::move(sources), span);
  return plan;
}

}  // namespace mailtrail::query
