#include "storage/kv/snapshot_gate.h"

namespace mailtrail::kv {

SnapshotGate::Pass SnapshotGate::TryEnter() {
  MutexLock lock(mu_);
  if (!open_) return nullptr;
  ++inside_;
  return Pass(this);
}

void SnapshotGate::CloseAndDrain() {
  MutexLock lock(mu_);
  open_ = false;
  while (inside_ > 0) left_.Wait(mu_);
}

void SnapshotGate::Open() {
  MutexLock lock(mu_);
  open_ = true;
}

void SnapshotGate::Leave() {
  MutexLock lock(mu_);
  --inside_;
  // Under the lock: once the gate is drained its owner may destroy it.
  if (inside_ == 0) left_.NotifyAll();
}

}  // namespace mailtrail::kv
