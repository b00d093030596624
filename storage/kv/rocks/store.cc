#include "storage/kv/rocks/store.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>

#include "rocksdb/utilities/checkpoint.h"
#include "storage/base/status.h"
#include "storage/kv/rocks/folder.h"
#include "storage/kv/rocks/log_adapter.h"
#include "storage/kv/rocks/options.h"
#include "storage/kv/rocks/status.h"

namespace mailtrail::kv::rocks {

RocksStore::RocksStore(Options options, Logger& logger, MetricRegistry& metrics)
    : options_(std::move(options)),
      logger_(logger),
      listener_(std::make_shared<Listener>(logger, metrics)),
      log_adapter_(std::make_shared<LogAdapter>(logger)),
      cache_(NewSharedCache(options_)) {}

RocksStore::~RocksStore() {
  compactions_called_off_ = true;
  gate_.CloseAndDrain();
  CloseDatabase();
}

absl::Status RocksStore::OpenDatabase() {
  rocksdb::DBOptions options = DatabaseOptions(options_);
  options.info_log = log_adapter_;
  options.listeners.push_back(listener_);
  MT_RETURN_IF_ERROR(PrepareFolder(options_.folder, options));

  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const Family& family : kFamilies) {
    descriptors.emplace_back(std::string(family.name), FamilyOptions(family, cache_));
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::Open(options, options_.folder.string(), descriptors, &handles, &db);
  if (!status.ok()) return OpenError(status, options_.folder);
  db_.reset(db);
  std::ranges::copy(handles, families_.begin());
  listener_->RefreshSizes(*db_);
  return absl::OkStatus();
}

void RocksStore::CloseDatabase() {
  if (db_ == nullptr) return;
  for (rocksdb::ColumnFamilyHandle*& family : families_) {
    // Fails for handles of another database only.
    db_->DestroyColumnFamilyHandle(std::exchange(family, nullptr)).PermitUncheckedError();
  }
  const rocksdb::Status status = db_->Close();
  if (!status.ok()) {
    // The log on disk decides what the next opening finds; closing adds nothing to it.
    logger_.Write(LogLevel::kWarning, "kv_close_failed", {{"error", status.ToString()}});
  }
  db_.reset();
}

absl::Status RocksStore::Reopen() {
  compactions_called_off_ = true;
  gate_.CloseAndDrain();
  compactions_called_off_ = false;
  CloseDatabase();
  write_failed_ = true;
  MT_RETURN_IF_ERROR(OpenDatabase());
  write_failed_ = false;
  gate_.Open();
  return absl::OkStatus();
}

absl::StatusOr<SnapshotGate::Pass> RocksStore::Enter() {
  SnapshotGate::Pass pass = gate_.TryEnter();
  if (pass == nullptr) return absl::UnavailableError("the store is being reopened");
  return pass;
}

absl::StatusOr<std::unique_ptr<const Snapshot>> RocksStore::TakeSnapshot() {
  MT_ASSIGN_OR_RETURN(SnapshotGate::Pass pass, Enter());
  return std::make_unique<RocksSnapshot>(*db_, families_, std::move(pass));
}

absl::Status RocksStore::SortRows(const Batch& batch) {
  places_.clear();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const Batch::Row row = batch.row(i);
    places_.push_back({row.family, row.key, i});
  }
  // By row at last: of two rows for a key the later one must come later.
  std::ranges::sort(
      places_, {}, [](const Place& place) { return std::tie(place.family, place.key, place.row); });
  write_batch_.Clear();
  for (const Place& place : places_) {
    const Batch::Row row = batch.row(place.row);
    rocksdb::ColumnFamilyHandle* family = families_[static_cast<std::size_t>(row.family)];
    const rocksdb::Slice key(row.key.data(), row.key.size());
    const rocksdb::Status status =
        row.op == Batch::Op::kPut
            ? write_batch_.Put(family, key, {row.value.data(), row.value.size()})
            : write_batch_.Delete(family, key);
    if (!status.ok()) return FromRocks(status, "preparing a batch");
  }
  return absl::OkStatus();
}

absl::Status RocksStore::Write(const Batch& batch, Durability durability) {
  if (write_failed_) {
    return absl::FailedPreconditionError("an earlier write failed: reopen the store first");
  }
  absl::Status status = SortRows(batch);
  if (status.ok()) {
    rocksdb::WriteOptions options;
    options.sync = durability == Durability::kSynced;
    status = FromRocks(db_->Write(options, &write_batch_), "writing a batch");
  }
  write_failed_ = !status.ok();
  return status;
}

absl::Status RocksStore::Checkpoint(const std::filesystem::path& folder) {
  MT_ASSIGN_OR_RETURN(const SnapshotGate::Pass pass, Enter());
  std::error_code error;
  if (std::filesystem::exists(folder, error)) {
    return MakeStatus(absl::StatusCode::kAlreadyExists, folder.string(), " exists already");
  }
  const std::string doing = Cat("copying the store to ", folder.string());
  rocksdb::Checkpoint* checkpoint = nullptr;
  MT_RETURN_IF_ERROR(FromRocks(rocksdb::Checkpoint::Create(db_.get(), &checkpoint), doing));
  const std::unique_ptr<rocksdb::Checkpoint> owner(checkpoint);
  return FromRocks(checkpoint->CreateCheckpoint(folder.string()), doing);
}

absl::Status RocksStore::Compact(FamilyId family) {
  MT_ASSIGN_OR_RETURN(const SnapshotGate::Pass pass, Enter());
  rocksdb::CompactRangeOptions options;
  // The lowest level too: what was deleted is in files there.
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  options.exclusive_manual_compaction = false;
  options.canceled = &compactions_called_off_;
  return FromRocks(
      db_->CompactRange(options, families_[static_cast<std::size_t>(family)], nullptr, nullptr),
      Cat("compacting ", FamilyOf(family).name));
}

}  // namespace mailtrail::kv::rocks
