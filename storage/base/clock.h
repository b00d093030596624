#pragma once

// Time is injected: everything that asks what time it is holds a Clock&.

#include "storage/base/time.h"

namespace mailtrail {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  // The wall clock. May jump in either direction.
  [[nodiscard]] virtual UnixMillis Now() const = 0;
  // Milliseconds since some fixed point; never falls, runs on while the machine sleeps
  // (CLOCK_BOOTTIME).
  [[nodiscard]] virtual std::int64_t SteadyMillis() const = 0;
};

// The machine's clocks. The instance lives as long as the process.
[[nodiscard]] const Clock& SystemClock();

}  // namespace mailtrail
