#include "storage/base/clock.h"

#include <chrono>
#include <ctime>

namespace mailtrail {
namespace {

class MachineClock final : public Clock {
 public:
  [[nodiscard]] UnixMillis Now() const override {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
  }

  [[nodiscard]] std::int64_t SteadyMillis() const override {
    timespec time{};
    // Cannot fail: the clock exists since Linux 2.6.39 and `time` is ours.
    clock_gettime(CLOCK_BOOTTIME, &time);
    return std::int64_t{time.tv_sec} * kMillisPerSecond + time.tv_nsec / 1'000'000;
  }
};

}  // namespace

const Clock& SystemClock() {
  static const MachineClock clock;
  return clock;
}

}  // namespace mailtrail
