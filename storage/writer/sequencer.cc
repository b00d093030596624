#include "storage/writer/sequencer.h"

#include <algorithm>
#include <utility>

namespace mailtrail::writer {
Sequencer::Sequencer(const QueueBounds& bounds, const log::Head& head)
    : queue_(bounds.records_max, bounds.bytes_max), batch_max_(bounds.batch_max), head_(head) {}

bool Sequencer::TryPush(Queued&& queued) {
  std::size_t bytes = queued.local_rows.bytes();
  if (queued.event) bytes += queued.event->bytes();
  return queue_.TryPush(std::move(queued), bytes);
}

std::vector<Queued> Sequencer::Take(std::chrono::milliseconds wait) {
  return queue_.PopBatch(batch_max_, wait);
}

log::Head Sequencer::Number(std::span<index::Prepared> records, UnixMillis now) const {
  log::Head next = head_;
  for (index::Prepared& record : records) {
    ++next.sequence.value;
    next.received_time = now;
    record.sequence = next.sequence;
    record.header.received_time = now;
    record.header.clamped_time = std::min(record.header.clamped_time, now);
  }
  return next;
}

}  // namespace mailtrail::writer
