#pragma once

// The threads that read for lists and streams, since gRPC's own must never wait; and the one place
// where streams wait for a time.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <thread>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "storage/base/clock.h"
#include "storage/base/mutex.h"

namespace mailtrail::server::wire {

// Thread-safe. Jobs run in the order in which they came, on threads named mt-pump-0 and on.
class Pumps {
 public:
  using Job = absl::AnyInvocable<void() &&>;

  // `queue_max`: jobs that may wait before TryPost refuses. `clock` must outlive it.
  Pumps(int threads, std::size_t queue_max, const Clock& clock);
  ~Pumps() { Stop(); }
  Pumps(const Pumps&) = delete;
  Pumps& operator=(const Pumps&) = delete;

  // False, and the job is dropped, when too many wait.
  [[nodiscard]] bool TryPost(Job job);
  // Always taken: for streams, whose number is bounded and which have one job each at most.
  void Post(Job job);
  // Posts the job once the steady clock is at `due_ms`.
  void PostAt(std::int64_t due_ms, Job job);

  // Runs what is posted, drops what is not due yet, ends the threads. Nothing may be posted after
  // it. A second call does nothing.
  void Stop();

 private:
  void Run(int number);
  [[nodiscard]] std::optional<Job> Take();
  void MoveDue() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  const std::size_t queue_max_;
  const Clock& clock_;

  Mutex mu_;
  CondVar ready_;
  std::deque<Job> jobs_ ABSL_GUARDED_BY(mu_);
  std::multimap<std::int64_t, Job> timers_ ABSL_GUARDED_BY(mu_);
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace mailtrail::server::wire
