#include "storage/kv/rocks/options.h"

#include <algorithm>
#include <cstdint>
#include <thread>

#include "rocksdb/filter_policy.h"
#include "rocksdb/slice_transform.h"
#include "rocksdb/table.h"
#include "storage/kv/rocks/version.h"

namespace mailtrail::kv::rocks {
namespace {

constexpr std::size_t kKiB = std::size_t{1} << 10;
constexpr std::size_t kMiB = std::size_t{1} << 20;

// What a shape decides. Measured on a few million events; the figures are bytes and time an event.
struct ShapeOptions {
  Shape shape;
  std::size_t write_buffer_bytes;
  std::size_t block_bytes;
  bool zstd_at_the_bottom;
  bool dictionary;
  bool filter;
};

constexpr ShapeOptions kShapes[] = {
    // A few thousand rows in all: whatever is small.
    {Shape::kSmall, 4 * kMiB, 4 * kKiB, false, false, false},
    // Single rows are picked out of it: a 4 KiB LZ4 block costs 10 us where one of ZSTD with a
    // dictionary costs 30, for 29 bytes an event more.
    {Shape::kLog, 64 * kMiB, 4 * kKiB, false, false, false},
    // Whole blocks are used, and the rows of one message share most of their bytes: the dictionary
    // halves it. Larger memtables mean that an event which comes an hour late rewrites less.
    {Shape::kClustered, 128 * kMiB, 16 * kKiB, true, true, false},
    {Shape::kRecords, 64 * kMiB, 4 * kKiB, true, false, false},
    // Ten bits a key answer 99 of 100 look-ups of what is not there without reading a block.
    {Shape::kPoints, 32 * kMiB, 4 * kKiB, true, false, true},
    // Prefixes repeat: LZ4 at the bottom would cost a third more.
    {Shape::kPostings, 64 * kMiB, 4 * kKiB, true, false, false},
};

const ShapeOptions& OptionsOf(Shape shape) {
  return *std::ranges::find(kShapes, shape, &ShapeOptions::shape);
}

rocksdb::BlockBasedTableOptions TableOptions(const ShapeOptions& shape,
                                             const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.format_version = TableFormatVersion();
  table.block_size = shape.block_bytes;
  table.block_cache = cache;
  // Indexes and filters live in the cache, so that the memory has one bound ...
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  // ... and in small pieces: the index of a large file in one piece (700 KiB) does not fit a shard
  // beside another, and each look-up would read it anew, 30 times slower.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.metadata_block_size = 4 * kKiB;
  table.pin_top_level_index_and_filter = true;
  if (shape.filter) table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  return table;
}

void SetCompression(const ShapeOptions& shape, rocksdb::ColumnFamilyOptions& options) {
  // Above the bottom rows do not stay long: ZSTD there doubles the background work.
  options.compression = rocksdb::kLZ4Compression;
  if (!shape.zstd_at_the_bottom) return;
  options.bottommost_compression = rocksdb::kZSTD;
  options.bottommost_compression_opts.enabled = true;
  // Level 3 saves 4 bytes in 100 for 7 % more background work, level 6 twice the work.
  options.bottommost_compression_opts.level = 1;
  if (!shape.dictionary) return;
  // 64 KiB save 5 more bytes and cost time on each block.
  options.bottommost_compression_opts.max_dict_bytes = 16 * kKiB;
  // A hundred times the dictionary, as zstd's manual advises.
  options.bottommost_compression_opts.zstd_max_train_bytes = 1'600 * kKiB;
  // Rows wait uncompressed until the dictionary is trained: without a bound, a whole file of them.
  options.bottommost_compression_opts.max_dict_buffer_bytes = 16 * kMiB;
}

}  // namespace

rocksdb::DBOptions DatabaseOptions(const Options& options) {
  rocksdb::DBOptions db;
  db.create_if_missing = true;
  // A new version's families appear in an old store by themselves.
  db.create_missing_column_families = true;

  // Damage in the middle of the log refuses to open; the default would drop what lies behind it,
  // acknowledged or not. A torn end, which was never acknowledged, opens.
  db.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  // The mode above cannot tell a torn end from an old file's bytes in a file that is used again.
  db.recycle_log_file_num = 0;
  // No writing on after an error behind the writer's back; the listener says the same for full
  // disks, which this count does not cover.
  db.max_bgerror_resume_count = 0;
  // A family that is rarely written keeps every log since its last flush. 128 MiB are read back in
  // about a second.
  db.max_total_wal_size = 128 * kMiB;
  // All families together: each one's own bound would add up to more than half a gigabyte.
  db.db_write_buffer_size = options.write_buffers_bytes;
  // One thread writes, and hinted inserts need the plain path into the memtable.
  db.allow_concurrent_memtable_write = false;

  db.max_background_jobs = std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 2, 8);
  // All files stay open, so that no look-up waits for an open().
  db.max_open_files = -1;
  // Opening does not read each file's statistics: they only steer compaction.
  db.skip_stats_update_on_db_open = true;
  // Table files go to disk as they are written, not in one burst that the log's sync waits for.
  db.bytes_per_sync = 1 * kMiB;
  db.compaction_readahead_size = 2 * kMiB;
  // The identity is where the list of files is, so that no file can get lost without the other.
  db.write_dbid_to_manifest = true;
  // Periodic statistics would fill our log and a hidden family: metrics say it better.
  db.stats_dump_period_sec = 0;
  db.stats_persist_period_sec = 0;
  return db;
}

rocksdb::ColumnFamilyOptions FamilyOptions(const Family& family,
                                           const std::shared_ptr<rocksdb::Cache>& cache) {
  const ShapeOptions& shape = OptionsOf(family.shape);
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(TableOptions(shape, cache)));
  SetCompression(shape, options);
  options.write_buffer_size = shape.write_buffer_bytes;
  // One that fills, one that waits and one that is being flushed: no stall on a slow disk.
  options.max_write_buffer_number = 3;
  // Space stays near the size of the data while the store is small; the default only from 8.4 on.
  options.level_compaction_dynamic_level_bytes = true;
  if (family.hint_prefix_bytes > 0) {
    // Where rows ascend below a prefix, the place of the last one is where the next one goes: a
    // third less time in the memtable. Never together with DeleteRange (rocksdb#12558), which
    // nothing here calls.
    options.memtable_insert_with_hint_prefix_extractor.reset(
        rocksdb::NewFixedPrefixTransform(family.hint_prefix_bytes));
  }
  return options;
}

std::shared_ptr<rocksdb::Cache> NewSharedCache(const Options& options) {
  // Few shards, so that each can hold a large block beside others.
  constexpr int kShardBits = 2;
  return NewBlockCache(options.cache_bytes, kShardBits);
}

rocksdb::ReadOptions ReadingOptions() {
  rocksdb::ReadOptions options;
  // Damaged bytes are an error, never an answer.
  options.verify_checksums = true;
  return options;
}

rocksdb::ReadOptions ScanningOptions() {
  rocksdb::ReadOptions options = ReadingOptions();
  // A scan reads each block once: it must not push out what look-ups use.
  options.fill_cache = false;
  options.readahead_size = 256 * kKiB;
  return options;
}

}  // namespace mailtrail::kv::rocks
