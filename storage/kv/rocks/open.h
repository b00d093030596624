#pragma once

// kv::Store on RocksDB, 7.8 to 9.10: the only module that includes it.

#include <cstddef>
#include <filesystem>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/base/logger.h"
#include "storage/base/metrics.h"
#include "storage/kv/store.h"

namespace mailtrail::kv::rocks {

struct Options {
  // Made when it is not there. One process at a time.
  std::filesystem::path folder;
  // Blocks, indexes and filters of all families together. At least kCacheBytesMin.
  std::size_t cache_bytes = std::size_t{256} << 20;
  // Rows of all families that are not in files yet: the rest of the memory that a store takes. At
  // least kWriteBuffersBytesMin.
  std::size_t write_buffers_bytes = std::size_t{160} << 20;

  // kInvalidArgument with the name of the option that is wrong.
  [[nodiscard]] absl::Status Validate() const;
};

// Opens the store in `options.folder`, makes an empty one where there is none, and adds the
// families that it does not have yet. The log is read back: up to two seconds after a kill under
// full load. `logger` and `metrics` must outlive the store, and the store its snapshots.
//
// kInvalidArgument: options. kFailedPrecondition: another process has the folder open, or the store
// has a family that this version does not know. kDataLoss: what is on disk is damaged; nothing was
// repaired or dropped. A last batch that was being written when the power went is not damage: it
// was never acknowledged, and is left out as a whole. kResourceExhausted: the disk is full.
// kPermissionDenied and kUnavailable: what the system says.
//
// Metrics: mailtrail_kv_sst_bytes, mailtrail_kv_pending_compaction_bytes,
// mailtrail_kv_write_stall{family} (0 none, 1 slowed down, 2 stopped) and
// mailtrail_kv_background_errors_total{reason}.
[[nodiscard]] absl::StatusOr<std::unique_ptr<Store>> Open(Options options, Logger& logger,
                                                          MetricRegistry& metrics);

}  // namespace mailtrail::kv::rocks
