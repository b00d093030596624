#pragma once

// What follows from a record: which ones the store has already, and the rows of those it has not.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/index/projection.h"
#include "storage/kv/store.h"

namespace mailtrail::writer {

// Not thread-safe: the writer's thread has it.
class Applier {
 public:
  // `store` must outlive it.
  explicit Applier(kv::Store& store);

  enum class Standing : std::uint8_t {
    kNew,
    kInStore,  // Durable.
    kInBatch,  // The same event stands earlier among those asked about.
  };
  // One answer an event, in their order. One read, however many they are.
  [[nodiscard]] absl::StatusOr<std::vector<Standing>> Judge(
      std::span<const index::Prepared* const> events) const;

  // Adds all rows of log and derived families. REQUIRES: numbered events, none of which the store
  // has; once a batch.
  [[nodiscard]] absl::Status Lay(std::span<const index::Prepared> events, kv::Batch& batch);

  // A batch that was laid was not written, or nobody knows.
  void Forget();

 private:
  kv::Store& store_;
  const std::vector<std::unique_ptr<index::Projection>> projections_;
};

}  // namespace mailtrail::writer
