#pragma once

#include <map>
#include <string>

#include "rocksdb/listener.h"
#include "storage/base/logger.h"
#include "storage/base/metrics.h"

namespace mailtrail::kv::rocks {

// Turns what RocksDB tells of its background work into metrics and log lines, and keeps it from
// healing itself: a database that resumes behind the writer's back was seen to give one sequence to
// two events, so after an error it stays read-only until it is reopened.
//
// Thread-safe: called on RocksDB's threads.
class Listener final : public rocksdb::EventListener {
 public:
  // Both must outlive the listener.
  Listener(Logger& logger, MetricRegistry& metrics);

  void OnFlushCompleted(rocksdb::DB* db, const rocksdb::FlushJobInfo& info) override;
  void OnCompactionCompleted(rocksdb::DB* db, const rocksdb::CompactionJobInfo& info) override;
  void OnStallConditionsChanged(const rocksdb::WriteStallInfo& info) override;
  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* error) override;
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason reason, rocksdb::Status error,
                            bool* auto_recovery) override;

  // Reads the sizes anew. They change with each flush and compaction, and with opening.
  void RefreshSizes(rocksdb::DB& db);

 private:
  Logger& logger_;
  MetricRegistry& metrics_;
  Gauge& sst_bytes_;
  Gauge& pending_compaction_bytes_;
  std::map<std::string, Gauge*> write_stalls_;  // By family; never changed after construction.
};

}  // namespace mailtrail::kv::rocks
