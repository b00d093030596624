#pragma once

#include <cstddef>
#include <memory>

#include "rocksdb/cache.h"
#include "rocksdb/options.h"
#include "storage/kv/family.h"
#include "storage/kv/rocks/open.h"

namespace mailtrail::kv::rocks {

// Options of the whole database; the caller adds its logger and listener.
[[nodiscard]] rocksdb::DBOptions DatabaseOptions(const Options& options);

// Options of one family. All share one `cache`.
[[nodiscard]] rocksdb::ColumnFamilyOptions FamilyOptions(
    const Family& family, const std::shared_ptr<rocksdb::Cache>& cache);

// The cache that FamilyOptions takes.
[[nodiscard]] std::shared_ptr<rocksdb::Cache> NewSharedCache(const Options& options);

// How rows are read. The caller adds a snapshot and bounds.
[[nodiscard]] rocksdb::ReadOptions ReadingOptions();
[[nodiscard]] rocksdb::ReadOptions ScanningOptions();

}  // namespace mailtrail::kv::rocks
