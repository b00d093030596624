#pragma once

#include "storage/kv/memory/rows.h"
#include "storage/kv/snapshot_gate.h"
#include "storage/kv/store.h"

namespace mailtrail::kv::memory {

// A store for tests: nothing but the process keeps it. Reopen() does what a power cut would do:
// batches since the last synced one are gone. EstimateBytes is exact and reads what it counts.
class MemoryStore final : public Store {
 public:
  [[nodiscard]] absl::StatusOr<std::unique_ptr<const Snapshot>> TakeSnapshot() override;
  [[nodiscard]] absl::Status Write(const Batch& batch, Durability durability) override;
  [[nodiscard]] absl::Status Reopen() override;
  [[nodiscard]] absl::Status Checkpoint(const std::filesystem::path& folder) override;
  [[nodiscard]] absl::Status Compact(FamilyId family) override;

 private:
  SnapshotGate gate_;
  Rows rows_;
};

}  // namespace mailtrail::kv::memory
