#pragma once

// What Reopen() needs of every implementation: turn new readers away, wait until the last one has
// left, let readers in again.

#include <memory>

#include "storage/base/mutex.h"

namespace mailtrail::kv {

// Thread-safe. Open from the start. Must outlive every Pass.
class SnapshotGate {
 public:
  struct Leaver {
    void operator()(SnapshotGate* gate) const { gate->Leave(); }
  };
  // Who holds one is inside.
  using Pass = std::unique_ptr<SnapshotGate, Leaver>;

  // Null while the gate is closed.
  [[nodiscard]] Pass TryEnter();

  // Closes the gate and waits until nobody is inside.
  void CloseAndDrain();
  void Open();

 private:
  void Leave();

  Mutex mu_;
  CondVar left_;
  int inside_ ABSL_GUARDED_BY(mu_) = 0;
  bool open_ ABSL_GUARDED_BY(mu_) = true;
};

}  // namespace mailtrail::kv
