#include "storage/query/or_source.h"

#include <algorithm>

namespace mailtrail::query {

void OrSource::Seek(log::Sequence target) {
  if (state() == State::kEnd || (at() && !span_.Before(sequence(), target))) return;
  for (const auto& source : sources_) source->Seek(target);
  Settle();
}

void OrSource::Next() {
  const log::Sequence next = span_.After(sequence());
  // Also those that stopped where the one just given was found: it is not to be given again.
  for (const auto& source : sources_) source->Seek(next);
  Settle();
}

void OrSource::Settle() {
  const SequenceSource* first = nullptr;
  for (const auto& source : sources_) {
    if (source->state() == State::kEnd) continue;
    const bool earlier = first == nullptr || span_.Before(source->sequence(), first->sequence());
    if (earlier || (source->sequence() == first->sequence() && Settles(*source, *first))) {
      first = source.get();
    }
  }
  if (first == nullptr) return End();
  Place(first->state(), first->sequence());
}

bool OrSource::Settles(const SequenceSource& source, const SequenceSource& other) {
  // One that passes is enough. One that stopped may yet pass: where the rest does not, nobody
  // knows.
  const auto rank = [](const SequenceSource& of) {
    if (!of.at()) return 1;
    return of.Passes() ? 2 : 0;
  };
  return rank(source) > rank(other);
}

bool OrSource::Passes() const {
  return std::any_of(sources_.begin(), sources_.end(), [this](const auto& source) {
    return source->at() && source->sequence() == sequence() && source->Passes();
  });
}

std::optional<std::string_view> OrSource::record() const {
  for (const auto& source : sources_) {
    if (!source->at() || source->sequence() != sequence()) continue;
    if (const auto record = source->record()) return record;
  }
  return std::nullopt;
}

}  // namespace mailtrail::query
