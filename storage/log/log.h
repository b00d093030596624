#pragma once

// The order of what happened. One per store here; partitions of a topic where the log is elsewhere.

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/log/era.h"
#include "storage/log/sequence.h"

namespace mailtrail::log {

struct Entry {
  Sequence sequence;
  std::string record;  // See record.h.
};

struct ReadOptions {
  Partition partition = 0;
  Sequence from;            // The first sequence wanted.
  std::size_t records_max;  // At least 1.
  std::size_t bytes_max;    // The answer ends with the record that passes it.
};

// Thread-safe.
class Log {
 public:
  virtual ~Log() = default;

  // Records in order from options.from to the head. Empty at the head. kDataLoss when a sequence
  // between floor and head has no row; kOutOfRange when `from` is below the floor.
  [[nodiscard]] virtual absl::StatusOr<std::vector<Entry>> Read(
      const ReadOptions& options) const = 0;

  // The last sequence that is durable, and visible: ask before taking a snapshot.
  [[nodiscard]] virtual Sequence head(Partition partition) const = 0;
  // The lowest sequence that may still be read: ask again after reading, before answering.
  [[nodiscard]] virtual Sequence floor(Partition partition) const = 0;
  // Oldest first.
  [[nodiscard]] virtual std::vector<Era> eras() const = 0;
};

}  // namespace mailtrail::log
