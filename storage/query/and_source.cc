#include "storage/query/and_source.h"

namespace mailtrail::query {

void AndSource::Seek(log::Sequence target) {
  if (state() == State::kEnd || (at() && !span_.Before(sequence(), target))) return;
  Align(target);
}

void AndSource::Next() { Align(span_.After(sequence())); }

void AndSource::Align(log::Sequence target) {
  for (std::size_t agreed = 0; agreed < sources_.size();) {
    SequenceSource& source = *sources_[agreed];
    source.Seek(target);
    if (source.state() == State::kEnd) return End();
    // A source that stopped says what lies at or past its place: nothing that all share comes
    // before.
    if (source.state() == State::kStopped) return Place(State::kStopped, source.sequence());
    if (source.sequence() != target) {
      // Whoever moved the target stands there; the first is asked first whether it does.
      target = source.sequence();
      if (agreed > 0) {
        agreed = 0;
        continue;
      }
    }
    if (source.Passes()) {
      ++agreed;
    } else {
      target = span_.After(target);
      agreed = 0;
    }
  }
  Place(State::kAt, target);
}

std::optional<std::string_view> AndSource::record() const {
  for (const auto& source : sources_) {
    if (const auto record = source->record()) return record;
  }
  return std::nullopt;
}

}  // namespace mailtrail::query
