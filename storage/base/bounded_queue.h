#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "storage/base/mutex.h"

namespace mailtrail {

// A first-in first-out queue between many producers and one consumer, bounded in items and in
// bytes. Thread-safe.
template <typename T>
class BoundedQueue {
 public:
  BoundedQueue(std::size_t items_max, std::size_t bytes_max)
      : items_max_(items_max), bytes_max_(bytes_max) {}

  // False, and `item` is left alone, when the queue is full or closed. `bytes`: what the item keeps
  // in memory. An empty queue takes any item.
  [[nodiscard]] bool TryPush(T&& item, std::size_t bytes) {
    {
      MutexLock lock(mu_);
      if (closed_ || items_.size() >= items_max_) return false;
      if (!items_.empty() && bytes_ + bytes > bytes_max_) return false;
      items_.emplace_back(std::move(item), bytes);
      bytes_ += bytes;
    }
    ready_.NotifyOne();
    return true;
  }

  // Waits for at least one item, then takes what is there, up to `batch_max`. Empty when closed and
  // drained, after Wake(), and after `wait` (for ever when absent; it may end early).
  [[nodiscard]] std::vector<T> PopBatch(std::size_t batch_max,
                                        std::optional<std::chrono::milliseconds> wait = {}) {
    MutexLock lock(mu_);
    bool waited = false;
    while (items_.empty() && !closed_ && !woken_ && !waited) {
      if (wait) {
        ready_.WaitFor(mu_, *wait);
        waited = true;
      } else {
        ready_.Wait(mu_);
      }
    }
    woken_ = false;
    std::vector<T> batch;
    while (!items_.empty() && batch.size() < batch_max) {
      batch.push_back(std::move(items_.front().first));
      bytes_ -= items_.front().second;
      items_.pop_front();
    }
    return batch;
  }

  // Makes the consumer's PopBatch return at once, this one or the next.
  void Wake() {
    {
      MutexLock lock(mu_);
      woken_ = true;
    }
    ready_.NotifyAll();
  }

  // Refuses further items; the consumer drains what is left.
  void Close() {
    {
      MutexLock lock(mu_);
      closed_ = true;
    }
    ready_.NotifyAll();
  }

  // Closed, and nothing is left.
  [[nodiscard]] bool drained() const {
    MutexLock lock(mu_);
    return closed_ && items_.empty();
  }
  [[nodiscard]] std::size_t size() const {
    MutexLock lock(mu_);
    return items_.size();
  }
  [[nodiscard]] std::size_t bytes() const {
    MutexLock lock(mu_);
    return bytes_;
  }

 private:
  const std::size_t items_max_;
  const std::size_t bytes_max_;

  mutable Mutex mu_;
  CondVar ready_;
  std::deque<std::pair<T, std::size_t>> items_ ABSL_GUARDED_BY(mu_);
  std::size_t bytes_ ABSL_GUARDED_BY(mu_) = 0;
  bool closed_ ABSL_GUARDED_BY(mu_) = false;
  bool woken_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace mailtrail
