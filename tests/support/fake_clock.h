#pragma once

#include <atomic>
#include <cstdint>

#include "storage/base/clock.h"

namespace mailtrail::test {

// A clock that stands still until a test moves it. Thread-safe.
class FakeClock final : public Clock {
 public:
  // 2026-11-20T10:00:00Z.
  static constexpr UnixMillis kStart{1'795'168'800'000};

  explicit FakeClock(UnixMillis now = kStart) : wall_(now.value) {}

  [[nodiscard]] UnixMillis Now() const override { return {wall_.load()}; }
  [[nodiscard]] std::int64_t SteadyMillis() const override { return steady_.load(); }

  // Time passes: both clocks run on.
  void Advance(std::int64_t millis) {
    wall_.fetch_add(millis);
    steady_.fetch_add(millis);
  }
  // The wall clock jumps; the steady one does not notice.
  void SetNow(UnixMillis now) { wall_.store(now.value); }
  // The steady clock alone runs on, as when somebody holds the wall clock back.
  void AdvanceSteady(std::int64_t millis) { steady_.fetch_add(millis); }

 private:
  std::atomic<std::int64_t> wall_;
  std::atomic<std::int64_t> steady_ = 0;
};

}  // namespace mailtrail::test
