#include "storage/kv/memory/store.h"

#include "storage/kv/memory/snapshot.h"

namespace mailtrail::kv::memory {

absl::StatusOr<std::unique_ptr<const Snapshot>> MemoryStore::TakeSnapshot() {
  SnapshotGate::Pass pass = gate_.TryEnter();
  if (pass == nullptr) return absl::UnavailableError("the store is being reopened");
  return std::make_unique<MemorySnapshot>(rows_, std::move(pass));
}

absl::Status MemoryStore::Write(const Batch& batch, Durability durability) {
  rows_.Apply(batch, durability);
  return absl::OkStatus();
}

absl::Status MemoryStore::Reopen() {
  gate_.CloseAndDrain();
  rows_.DropBuffered();
  gate_.Open();
  return absl::OkStatus();
}

absl::Status MemoryStore::Checkpoint(const std::filesystem::path& /*folder*/) {
  return absl::UnimplementedError("a store in memory has no files to copy");
}

absl::Status MemoryStore::Compact(FamilyId family) {
  rows_.Compact(family);
  return absl::OkStatus();
}

}  // namespace mailtrail::kv::memory
