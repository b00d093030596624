#pragma once

// What comes next: commands wait in a bounded queue, and get their places in the log in its order.

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "storage/base/bounded_queue.h"
#include "storage/log/meta.h"
#include "storage/writer/command.h"

namespace mailtrail::writer {

// A command with its rows prepared, and who waits for it.
struct Queued {
  std::optional<index::Prepared> event;
  kv::Batch local_rows;
  Done done;
};

struct QueueBounds {
  std::size_t records_max = 0;
  std::size_t bytes_max = 0;
  std::size_t batch_max = 0;
};

// The queue's side is thread-safe; numbering belongs to the writer's thread.
class Sequencer {
 public:
  Sequencer(const QueueBounds& bounds, const log::Head& head);

  // False, and `queued` is left alone, when the queue is full or closed.
  [[nodiscard]] bool TryPush(Queued&& queued);
  // What is there, up to a batch, without waiting for more. Empty after `wait`, after Wake(), and
  // at the end.
  [[nodiscard]] std::vector<Queued> Take(std::chrono::milliseconds wait);
  void Wake() { queue_.Wake(); }
  void Close() { queue_.Close(); }
  [[nodiscard]] bool drained() const { return queue_.drained(); }
  [[nodiscard]] std::size_t queued_records() const { return queue_.size(); }
  [[nodiscard]] std::size_t queued_bytes() const { return queue_.bytes(); }

  // Fills in sequences from the head on, and the time; lowers clamped times that lie above it.
  // Gives the head that the log has once they are durable.
  [[nodiscard]] log::Head Number(std::span<index::Prepared> records, UnixMillis now) const;

  // Where the log ends now.
  void SetHead(const log::Head& head) { head_ = head; }
  [[nodiscard]] const log::Head& head() const { return head_; }

 private:
  BoundedQueue<Queued> queue_;
  const std::size_t batch_max_;
  log::Head head_;
};

}  // namespace mailtrail::writer
