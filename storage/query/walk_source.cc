#include "storage/query/walk_source.h"

#include <optional>
#include <utility>

#include "storage/base/status.h"

namespace mailtrail::query {
namespace {

// A target this close is reached by stepping: a seek costs as much as some ten steps, and there are
// no more rows between than sequences.
constexpr std::uint64_t kStepsMax = 4;

}  // namespace

void WalkSource::Seek(log::Sequence target) {
  if (state() == State::kEnd) return;
  if (state() == State::kStopped) return Place(State::kStopped, span_.Later(sequence(), target));
  if (state() == State::kAt) {
    if (!span_.Before(sequence(), target)) return;
    const std::uint64_t distance =
        span_.forward() ? target.value - sequence().value : sequence().value - target.value;
    if (distance <= kStepsMax) {
      while (at() && span_.Before(sequence(), target)) Next();
      if (state() == State::kStopped) Place(State::kStopped, span_.Later(sequence(), target));
      return;
    }
    if (meter_.Spent()) return Place(State::kStopped, target);
  }
  if (span_.Before(span_.end(), target)) return End();
  walk_->Seek(KeyOf(target));
  Settle(target);
}

void WalkSource::Next() {
  const log::Sequence expected = span_.After(sequence());
  if (meter_.Spent()) return Place(State::kStopped, expected);
  walk_->Next();
  Settle(expected);
}

void WalkSource::Settle(log::Sequence expected) {
  if (!walk_->Valid()) {
    absl::Status status = walk_->status();
    if (status.ok()) status = CheckGap(expected, std::nullopt);
    return status.ok() ? End() : Fail(std::move(status), expected);
  }
  meter_.Count();
  const absl::StatusOr<Row> row = Read(*walk_);
  if (!row.ok()) return Fail(row.status(), expected);
  if (absl::Status gap = CheckGap(expected, row->sequence); !gap.ok()) {
    return Fail(std::move(gap), expected);
  }
  passes_ = row->passes;
  Place(State::kAt, row->sequence);
}

void WalkSource::Fail(absl::Status error, log::Sequence at) {
  meter_.Fail(std::move(error));
  Place(State::kStopped, at);
}

}  // namespace mailtrail::query
