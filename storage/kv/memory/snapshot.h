#pragma once

#include <utility>

#include "storage/kv/memory/rows.h"
#include "storage/kv/snapshot_gate.h"
#include "storage/kv/store.h"

namespace mailtrail::kv::memory {

class MemorySnapshot final : public Snapshot {
 public:
  MemorySnapshot(Rows& rows, SnapshotGate::Pass pass)
      : pass_(std::move(pass)), rows_(rows), version_(rows.Pin()) {}
  ~MemorySnapshot() override { rows_.Unpin(version_); }
  MemorySnapshot(const MemorySnapshot&) = delete;
  MemorySnapshot& operator=(const MemorySnapshot&) = delete;

  [[nodiscard]] absl::StatusOr<std::string> Get(FamilyId family,
                                                std::string_view key) const override;
  [[nodiscard]] absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      FamilyId family, std::span<const std::string> keys) const override;
  [[nodiscard]] std::unique_ptr<Walk> NewWalk(FamilyId family, Bounds bounds, Direction direction,
                                              Access access) const override;
  [[nodiscard]] std::uint64_t EstimateBytes(FamilyId family, const Bounds& bounds) const override;

 private:
  const SnapshotGate::Pass pass_;  // First, so that it is given back last.
  Rows& rows_;
  const Rows::Version version_;
};

}  // namespace mailtrail::kv::memory
