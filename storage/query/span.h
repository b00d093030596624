#pragma once

// The part of the log that a scan goes through, and the direction it goes.

#include <algorithm>
#include <cstdint>

#include "storage/kv/store.h"
#include "storage/log/sequence.h"

namespace mailtrail::query {

// From first to last, both included, in either direction. Empty when first > last.
struct Span {
  log::Sequence first;
  log::Sequence last;
  kv::Direction direction = kv::Direction::kForward;

  [[nodiscard]] bool forward() const { return direction == kv::Direction::kForward; }
  [[nodiscard]] bool empty() const { return first > last; }
  [[nodiscard]] std::uint64_t size() const { return empty() ? 0 : last.value - first.value + 1; }
  // Where the scan begins, and where it ends.
  [[nodiscard]] log::Sequence start() const { return forward() ? first : last; }
  [[nodiscard]] log::Sequence end() const { return forward() ? last : first; }
  // True when the scan comes to `a` earlier than to `b`.
  [[nodiscard]] bool Before(log::Sequence a, log::Sequence b) const {
    return forward() ? a < b : b < a;
  }
  [[nodiscard]] log::Sequence Later(log::Sequence a, log::Sequence b) const {
    return Before(a, b) ? b : a;
  }
  // One on. Sequences begin at 1, so that one before the first is 0 at the least.
  [[nodiscard]] log::Sequence After(log::Sequence s) const {
    return {forward() ? s.value + 1 : s.value - 1};
  }
  [[nodiscard]] log::Sequence Back(log::Sequence s) const {
    return {forward() ? s.value - 1 : s.value + 1};
  }
};

}  // namespace mailtrail::query
