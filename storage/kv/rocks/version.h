#pragma once

// Everything that differs between the RocksDB of Debian 12 (7.8) and of Debian 13 (9.10).

#include <cstddef>
#include <cstdint>
#include <memory>

#include "rocksdb/cache.h"

namespace mailtrail::kv::rocks {

// The format of new table files: the newest that this library knows. From 8.6 on, 6 also notices a
// sound block at the wrong place. Either library reads what an older one wrote; a store that 9.10
// wrote needs 9.10.
[[nodiscard]] std::uint32_t TableFormatVersion();

// A cache for blocks in 2 to the power of `shard_bits` shards.
[[nodiscard]] std::shared_ptr<rocksdb::Cache> NewBlockCache(std::size_t bytes, int shard_bits);

}  // namespace mailtrail::kv::rocks
