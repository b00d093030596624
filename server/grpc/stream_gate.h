#pragma once

// Decides what a server stream does next, so that gRPC's rules hold by construction: one write in
// flight, Finish exactly once, never beside a write, and nothing after it.

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "storage/base/mutex.h"

namespace mailtrail::server::wire {

// What happens to a stream is told to the gate, by whichever thread sees it; that thread then does
// what the gate answers. Thread-safe; knows nothing of gRPC.
class StreamGate {
 public:
  enum class Action : std::uint8_t {
    kNone,    // Nothing, or another thread is at it.
    kPump,    // Run one turn on a pump; then tell PumpIdle, PumpEnded, or start a write.
    kFinish,  // Finish with outcome(). Answered once, and nothing after it.
  };

  // There may be something to send.
  [[nodiscard]] Action Wake();
  // The pump has nothing to send.
  [[nodiscard]] Action PumpIdle();
  // The pump says that the stream is over; OK is an end as well.
  [[nodiscard]] Action PumpEnded(absl::Status why);
  // The write that the pump started is done.
  [[nodiscard]] Action Written(bool ok);
  // The stream must end, for a reason outside of it: cancelled, draining. The first reason stays.
  [[nodiscard]] Action End(absl::Status why);

  // REQUIRES: kFinish was answered.
  [[nodiscard]] absl::Status outcome() const;

 private:
  void SetOutcome(absl::Status why) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  [[nodiscard]] Action Next() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  mutable Mutex mu_;
  bool busy_ ABSL_GUARDED_BY(mu_) = false;  // A pump is at it, or a write is in flight.
  bool woken_ ABSL_GUARDED_BY(mu_) = false;
  bool finished_ ABSL_GUARDED_BY(mu_) = false;
  std::optional<absl::Status> outcome_ ABSL_GUARDED_BY(mu_);
};

}  // namespace mailtrail::server::wire
