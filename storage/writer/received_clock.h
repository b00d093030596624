#pragma once

// The only clock that orders or decides: what the writer stamps records with.

#include "storage/base/clock.h"

namespace mailtrail::writer {

// Follows the wall clock as long as that keeps within kClockDriftSecondsMax of the steady one, and
// never falls. A wall clock that has once been further away is not used again by this instance,
// which then runs on by the steady clock. Not thread-safe: the writer's thread has it.
class ReceivedClock {
 public:
  // Takes the wall clock as it is. `last`: nothing before it is ever given out.
  ReceivedClock(const Clock& clock, UnixMillis last);

  [[nodiscard]] UnixMillis Now();
  [[nodiscard]] bool distrusts_wall_clock() const { return distrusts_; }

 private:
  const Clock& clock_;
  const std::int64_t start_difference_;  // Wall clock less steady clock, at the start.
  std::int64_t difference_;              // The same, when the wall clock was last followed.
  UnixMillis last_;
  bool distrusts_ = false;
};

}  // namespace mailtrail::writer
