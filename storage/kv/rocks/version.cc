#include "storage/kv/rocks/version.h"

#include "rocksdb/version.h"

namespace mailtrail::kv::rocks {

#if ROCKSDB_MAJOR >= 9

std::uint32_t TableFormatVersion() { return 6; }

std::shared_ptr<rocksdb::Cache> NewBlockCache(std::size_t bytes, int shard_bits) {
  rocksdb::LRUCacheOptions options;
  options.capacity = bytes;
  options.num_shard_bits = shard_bits;
  return options.MakeSharedCache();
}

#else

std::uint32_t TableFormatVersion() { return 5; }

std::shared_ptr<rocksdb::Cache> NewBlockCache(std::size_t bytes, int shard_bits) {
  return rocksdb::NewLRUCache(bytes, shard_bits);
}

#endif

}  // namespace mailtrail::kv::rocks
