#include "server/grpc/stream_gate.h"

#include <utility>

namespace mailtrail::server::wire {

StreamGate::Action StreamGate::Wake() {
  MutexLock lock(mu_);
  woken_ = true;
  return Next();
}

StreamGate::Action StreamGate::PumpIdle() {
  MutexLock lock(mu_);
  busy_ = false;
  return Next();
}

StreamGate::Action StreamGate::PumpEnded(absl::Status why) {
  MutexLock lock(mu_);
  busy_ = false;
  SetOutcome(std::move(why));
  return Next();
}

StreamGate::Action StreamGate::Written(bool ok) {
  MutexLock lock(mu_);
  busy_ = false;
  woken_ = true;  // There may be more behind what was just sent.
  if (!ok) SetOutcome(absl::CancelledError("the client is gone"));
  return Next();
}

StreamGate::Action StreamGate::End(absl::Status why) {
  MutexLock lock(mu_);
  SetOutcome(std::move(why));
  return Next();
}

absl::Status StreamGate::outcome() const {
  MutexLock lock(mu_);
  return *outcome_;
}

void StreamGate::SetOutcome(absl::Status why) {
  if (!outcome_) outcome_ = std::move(why);
}

StreamGate::Action StreamGate::Next() {
  if (busy_ || finished_) return Action::kNone;
  if (outcome_) {
    finished_ = true;
    return Action::kFinish;
  }
  if (!woken_) return Action::kNone;
  woken_ = false;
  busy_ = true;
  return Action::kPump;
}

}  // namespace mailtrail::server::wire
