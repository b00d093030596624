#include "storage/query/ranges_source.h"

#include <algorithm>
#include <utility>

namespace mailtrail::query {

RangesSource::RangesSource(std::vector<index::SequenceRange> ranges, const Span& span)
    : ranges_(std::move(ranges)), span_(span) {
  if (!span_.forward()) std::reverse(ranges_.begin(), ranges_.end());
}

void RangesSource::Seek(log::Sequence target) {
  if (at() && !span_.Before(sequence(), target)) return;
  const auto ends_before = [this](const index::SequenceRange& range, log::Sequence s) {
    return span_.Before(span_.forward() ? range.last : range.first, s);
  };
  const auto found = std::lower_bound(ranges_.begin() + static_cast<std::ptrdiff_t>(current_),
                                      ranges_.end(), target, ends_before);
  current_ = static_cast<std::size_t>(found - ranges_.begin());
  if (found == ranges_.end()) return End();
  Place(State::kAt, span_.Later(target, span_.forward() ? found->first : found->last));
}

void RangesSource::Next() { Seek(span_.After(sequence())); }

}  // namespace mailtrail::query
