#pragma once

// All open streams of the server: how many there may be, and how they end when it stops.

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <unordered_map>

#include "absl/status/status.h"
#include "storage/base/clock.h"
#include "storage/base/mutex.h"

namespace mailtrail::server::wire {

class Stream {
 public:
  virtual ~Stream() = default;
  // The stream must end; it may say a last word before. From any thread.
  virtual void Close(const absl::Status& why) = 0;
};

// Thread-safe. `clock` must outlive it.
class StreamRegistry {
 public:
  StreamRegistry(std::size_t streams_max, const Clock& clock)
      : streams_max_(streams_max), clock_(clock) {}

  // TOO_MANY_CALLS; DRAINING after CloseAll.
  [[nodiscard]] absl::Status Add(const std::shared_ptr<Stream>& stream);
  // Ignored for one that was not added.
  void Remove(const Stream* stream);

  // Ends all streams with `why`, now and from now on.
  void CloseAll(const absl::Status& why);
  // OK, or why everything is refused.
  [[nodiscard]] absl::Status closed() const;
  // True when all streams are gone, false after `wait`.
  [[nodiscard]] bool WaitUntilEmpty(std::chrono::milliseconds wait);

 private:
  const std::size_t streams_max_;
  const Clock& clock_;

  mutable Mutex mu_;
  CondVar empty_;
  absl::Status closed_ ABSL_GUARDED_BY(mu_);
  std::unordered_map<const Stream*, std::shared_ptr<Stream>> streams_ ABSL_GUARDED_BY(mu_);
};

}  // namespace mailtrail::server::wire
