#pragma once

// The only one that changes the store while it runs.
//
//   submit: prepares the rows on the caller's thread
//          -> queue -> sequencer: takes what is there, drops duplicates, numbers, stamps
//          received_time
//                   -> applier: lays the rows of log and projections into ONE batch
//                   -> one synced write -> the head is published -> listener -> done
//
// There is no waiting timer: while one batch is being synced the next one gathers in the queue.
//
// A write that did not return OK has an unknown outcome. The writer then answers everything in the
// queue with kUnavailable, reopens the store, and goes on from the stored head: when the failed
// batch turns out to be there, its records are published and told to the listener like any other. A
// store that comes back with any other head than these two has lost what was acknowledged, and the
// writer stays stopped (failed() says why).

#include <chrono>
#include <cstddef>
#include <memory>

#include "absl/status/status.h"
#include "storage/base/clock.h"
#include "storage/base/logger.h"
#include "storage/base/metrics.h"
#include "storage/index/prepared.h"
#include "storage/kv/store.h"
#include "storage/log/local_log.h"
#include "storage/writer/command.h"
#include "storage/writer/limits.h"

namespace mailtrail::writer {

struct WriterOptions {
  std::size_t queue_records_max = kQueueRecordsMax;
  std::size_t queue_bytes_max = kQueueBytesMax;
  std::size_t batch_records_max = kBatchRecordsMax;
  std::chrono::milliseconds reopen_wait_first = kReopenWaitFirst;
  std::chrono::milliseconds reopen_wait_longest = kReopenWaitLongest;
};

// What the writer needs and does not own. All must outlive it. `listener` may be null.
struct WriterParts {
  kv::Store& store;
  log::LocalLog& log;
  const index::Preparer& preparer;
  const Clock& clock;
  Logger& logger;
  MetricRegistry& metrics;
  CommitListener* listener;
};

// Thread-safe.
class Writer {
 public:
  // Starts the writer's thread. `meta`: as OpenStore gave it.
  Writer(WriterParts parts, const log::Meta& meta, const WriterOptions& options);
  // Stops, as Stop().
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // `done` is called exactly once: from the writer's thread, or at once from the caller's when the
  // command is refused (kResourceExhausted, kUnavailable).
  void Submit(Command command, Done done);

  // Whether pushes are to be taken. Stored in `meta` at once and then each minute, so that gaps in
  // reception are known to the minute.
  void SetAccepting(bool accepting);

  // Takes nothing more, carries out what is queued, stores that pushes are no longer accepted (if
  // they were), and ends the thread. Idempotent. REQUIRES: not called from a listener or a `done`.
  void Stop();

  // OK while the writer works or is about to again; the reason once it has stopped for good.
  [[nodiscard]] absl::Status failed() const;

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace mailtrail::writer
