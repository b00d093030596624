#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "rocksdb/status.h"

namespace mailtrail::kv::rocks {

// RocksDB's status as ours, with what was being done before its text.
[[nodiscard]] absl::Status FromRocks(const rocksdb::Status& status, std::string_view doing);

}  // namespace mailtrail::kv::rocks
