#include "storage/kv/rocks/open.h"

#include <utility>

#include "storage/base/status.h"
#include "storage/kv/rocks/limits.h"
#include "storage/kv/rocks/store.h"

namespace mailtrail::kv::rocks {

absl::Status Options::Validate() const {
  if (folder.empty()) return absl::InvalidArgumentError("folder: must not be empty");
  if (cache_bytes < kCacheBytesMin) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "cache_bytes: must be at least ",
                      kCacheBytesMin, ", not ", cache_bytes);
  }
  if (write_buffers_bytes < kWriteBuffersBytesMin) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "write_buffers_bytes: must be at least ",
                      kWriteBuffersBytesMin, ", not ", write_buffers_bytes);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Store>> Open(Options options, Logger& logger,
                                            MetricRegistry& metrics) {
  MT_RETURN_IF_ERROR(options.Validate());
  auto store = std::make_unique<RocksStore>(std::move(options), logger, metrics);
  MT_RETURN_IF_ERROR(store->Reopen());
  return store;
}

}  // namespace mailtrail::kv::rocks
