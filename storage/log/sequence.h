#pragma once

#include <compare>
#include <cstdint>

namespace mailtrail::log {

// An event's place in the log, assigned at commit. Starts at 1, ascends without gaps above the
// stream floor, never repeats within a store. Internal: the API shows cursors only.
struct Sequence {
  std::uint64_t value = 0;  // 0 is before the first record.
  friend auto operator<=>(const Sequence&, const Sequence&) = default;
};

// One log a partition. A store on one machine has partition 0 only.
using Partition = std::uint16_t;

}  // namespace mailtrail::log
