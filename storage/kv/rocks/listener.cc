#include "storage/kv/rocks/listener.h"

#include <cstdint>
#include <string_view>

#include "rocksdb/db.h"
#include "storage/kv/family.h"

namespace mailtrail::kv::rocks {
namespace {

using rocksdb::BackgroundErrorReason;
using rocksdb::WriteStallCondition;

std::string_view NameOf(BackgroundErrorReason reason) {
  switch (reason) {
    case BackgroundErrorReason::kFlush:
    case BackgroundErrorReason::kFlushNoWAL:
      return "flush";
    case BackgroundErrorReason::kCompaction:
      return "compaction";
    case BackgroundErrorReason::kWriteCallback:
      return "write";
    case BackgroundErrorReason::kMemTable:
      return "memtable";
    case BackgroundErrorReason::kManifestWrite:
    case BackgroundErrorReason::kManifestWriteNoWAL:
      return "manifest";
  }
  return "other";
}

double LevelOf(WriteStallCondition condition) {
  if (condition == WriteStallCondition::kStopped) return 2;
  return condition == WriteStallCondition::kDelayed ? 1 : 0;
}

}  // namespace

Listener::Listener(Logger& logger, MetricRegistry& metrics)
    : logger_(logger),
      metrics_(metrics),
      sst_bytes_(metrics.GetGauge("mailtrail_kv_sst_bytes",
                                  "Bytes in the table files that are in use.", {})),
      pending_compaction_bytes_(
          metrics.GetGauge("mailtrail_kv_pending_compaction_bytes",
                           "Bytes that compaction has still to rewrite, estimated.", {})) {
  for (const Family& family : kFamilies) {
    Gauge& gauge =
        metrics.GetGauge("mailtrail_kv_write_stall",
                         "Whether writes wait for background work: 0 no, 1 slowed down, 2 stopped.",
                         {{"family", std::string(family.name)}});
    gauge.Set(0);
    write_stalls_[std::string(family.name)] = &gauge;
  }
}

void Listener::OnFlushCompleted(rocksdb::DB* db, const rocksdb::FlushJobInfo& /*info*/) {
  RefreshSizes(*db);
}

void Listener::OnCompactionCompleted(rocksdb::DB* db, const rocksdb::CompactionJobInfo& /*info*/) {
  RefreshSizes(*db);
}

void Listener::OnStallConditionsChanged(const rocksdb::WriteStallInfo& info) {
  const auto found = write_stalls_.find(info.cf_name);
  if (found != write_stalls_.end()) found->second->Set(LevelOf(info.condition.cur));
}

void Listener::OnBackgroundError(BackgroundErrorReason reason, rocksdb::Status* error) {
  const std::string name(NameOf(reason));
  metrics_
      .GetCounter("mailtrail_kv_background_errors_total",
                  "Errors of RocksDB's background work; each stops writes until a reopening.",
                  {{"reason", name}})
      .Increment();
  logger_.Write(LogLevel::kError, "kv_background_error",
                {{"reason", name}, {"error", error->ToString()}});
}

void Listener::OnErrorRecoveryBegin(BackgroundErrorReason /*reason*/, rocksdb::Status /*error*/,
                                    bool* auto_recovery) {
  *auto_recovery = false;
}

void Listener::RefreshSizes(rocksdb::DB& db) {
  const auto read = [&db](const std::string& property, Gauge& gauge) {
    std::uint64_t value = 0;
    if (db.GetAggregatedIntProperty(property, &value)) gauge.Set(static_cast<double>(value));
  };
  read(rocksdb::DB::Properties::kLiveSstFilesSize, sst_bytes_);
  read(rocksdb::DB::Properties::kEstimatePendingCompactionBytes, pending_compaction_bytes_);
}

}  // namespace mailtrail::kv::rocks
