#pragma once

#include <atomic>
#include <memory>
#include <string_view>
#include <vector>

#include "rocksdb/db.h"
#include "rocksdb/write_batch.h"
#include "storage/kv/rocks/listener.h"
#include "storage/kv/rocks/open.h"
#include "storage/kv/rocks/snapshot.h"
#include "storage/kv/snapshot_gate.h"
#include "storage/kv/store.h"

namespace mailtrail::kv::rocks {

// What Open() gives. Closed until the first Reopen().
class RocksStore final : public Store {
 public:
  RocksStore(Options options, Logger& logger, MetricRegistry& metrics);
  ~RocksStore() override;
  RocksStore(const RocksStore&) = delete;
  RocksStore& operator=(const RocksStore&) = delete;

  [[nodiscard]] absl::StatusOr<std::unique_ptr<const Snapshot>> TakeSnapshot() override;
  [[nodiscard]] absl::Status Write(const Batch& batch, Durability durability) override;
  [[nodiscard]] absl::Status Reopen() override;
  [[nodiscard]] absl::Status Checkpoint(const std::filesystem::path& folder) override;
  [[nodiscard]] absl::Status Compact(FamilyId family) override;

 private:
  struct Place {
    FamilyId family;
    std::string_view key;
    std::size_t row;
  };

  [[nodiscard]] absl::Status OpenDatabase();
  void CloseDatabase();
  // Inside the gate the database stays open; kUnavailable while it is closed.
  [[nodiscard]] absl::StatusOr<SnapshotGate::Pass> Enter();
  // Fills write_batch_ with the rows sorted by family and key.
  [[nodiscard]] absl::Status SortRows(const Batch& batch);

  const Options options_;
  Logger& logger_;
  const std::shared_ptr<Listener> listener_;
  const std::shared_ptr<rocksdb::Logger> log_adapter_;
  const std::shared_ptr<rocksdb::Cache> cache_;

  // Whoever reads these holds a pass or is the one thread that writes and reopens.
  SnapshotGate gate_;
  std::unique_ptr<rocksdb::DB> db_;
  FamilyHandles families_{};

  // Calls off the compactions that a reopening would wait for.
  std::atomic<bool> compactions_called_off_ = false;

  // Of the writing thread. The buffers keep their memory from batch to batch.
  bool write_failed_ = true;
  std::vector<Place> places_;
  rocksdb::WriteBatch write_batch_;
};

}  // namespace mailtrail::kv::rocks
