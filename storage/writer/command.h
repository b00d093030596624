#pragma once

#include <span>
#include <variant>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "storage/index/prepared.h"
#include "storage/kv/batch.h"

namespace mailtrail::writer {

// Append an event, unless the store has it. Submit() prepares its rows (index::Preparer) on the
// caller's thread, under the index set in force; what is queued is the prepared record.
struct AppendEvent {
  index::NewEvent event;
  // Rows of local families that go into the same batch, also when the event is a duplicate.
  kv::Batch local_rows;
};

// Change rows of local families.
struct PutRows {
  kv::Batch local_rows;
};

using Command = std::variant<AppendEvent, PutRows>;

enum class Outcome {
  kCommitted,  // Durable now.
  kDuplicate,  // Was durable already, or became so in the same batch.
};

// Why a command was not carried out. Each is worth a retry: to SNS it is 503.
//   kResourceExhausted  the queue is full (records or bytes), or the disk is
//   kUnavailable        stopping, or reopening the store after a failed write; whether a command of
//                       that write was carried out is unknown: its retry may be a duplicate
using Done = absl::AnyInvocable<void(absl::StatusOr<Outcome>) &&>;

// Told after each commit of records, on the writer's thread, once the head is published and before
// any `done` of the batch. Must be quick and must not call the writer.
class CommitListener {
 public:
  virtual ~CommitListener() = default;
  virtual void OnCommit(std::span<const index::Prepared> committed, log::Sequence head) = 0;
};

}  // namespace mailtrail::writer
