#include "storage/writer/received_clock.h"

#include <algorithm>
#include <cstdlib>

#include "storage/writer/limits.h"

namespace mailtrail::writer {

ReceivedClock::ReceivedClock(const Clock& clock, UnixMillis last)
    : clock_(clock),
      start_difference_(clock.Now().value - clock.SteadyMillis()),
      difference_(start_difference_),
      last_(last) {}

UnixMillis ReceivedClock::Now() {
  const std::int64_t steady = clock_.SteadyMillis();
  const std::int64_t difference = clock_.Now().value - steady;
  // Compared with the start, not with the last look: many small jumps are a large one.
  if (std::abs(difference - start_difference_) > kClockDriftSecondsMax * kMillisPerSecond) {
    distrusts_ = true;
  }
  if (!distrusts_) difference_ = difference;
  last_ = std::clamp(UnixMillis{steady + difference_}, last_, kUnixMillisMax);
  return last_;
}

}  // namespace mailtrail::writer
