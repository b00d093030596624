#pragma once

#include <array>

#include "rocksdb/db.h"
#include "storage/kv/snapshot_gate.h"
#include "storage/kv/store.h"

namespace mailtrail::kv::rocks {

// One a FamilyId.
using FamilyHandles = std::array<rocksdb::ColumnFamilyHandle*, kFamilies.size()>;

class RocksSnapshot final : public Snapshot {
 public:
  // `db` and `families` stay as they are while the pass is held.
  RocksSnapshot(rocksdb::DB& db, const FamilyHandles& families, SnapshotGate::Pass pass);
  ~RocksSnapshot() override;
  RocksSnapshot(const RocksSnapshot&) = delete;
  RocksSnapshot& operator=(const RocksSnapshot&) = delete;

  [[nodiscard]] absl::StatusOr<std::string> Get(FamilyId family,
                                                std::string_view key) const override;
  [[nodiscard]] absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      FamilyId family, std::span<const std::string> keys) const override;
  [[nodiscard]] std::unique_ptr<Walk> NewWalk(FamilyId family, Bounds bounds, Direction direction,
                                              Access access) const override;
  [[nodiscard]] std::uint64_t EstimateBytes(FamilyId family, const Bounds& bounds) const override;

 private:
  [[nodiscard]] rocksdb::ColumnFamilyHandle* HandleOf(FamilyId family) const {
    return families_[static_cast<std::size_t>(family)];
  }

  const SnapshotGate::Pass pass_;  // First, so that it is given back last.
  rocksdb::DB& db_;
  const FamilyHandles& families_;
  const rocksdb::Snapshot* const snapshot_;
};

}  // namespace mailtrail::kv::rocks
