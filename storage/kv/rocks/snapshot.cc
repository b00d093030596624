#include "storage/kv/rocks/snapshot.h"

#include <utility>

#include "storage/base/status.h"
#include "storage/kv/rocks/options.h"
#include "storage/kv/rocks/status.h"
#include "storage/kv/rocks/walk.h"

namespace mailtrail::kv::rocks {
namespace {

// Behind every key that we write: the table of families has none that begins so.
constexpr std::string_view kBehindAllKeys =
    "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
    "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff";

}  // namespace

RocksSnapshot::RocksSnapshot(rocksdb::DB& db, const FamilyHandles& families,
                             SnapshotGate::Pass pass)
    : pass_(std::move(pass)), db_(db), families_(families), snapshot_(db.GetSnapshot()) {}

RocksSnapshot::~RocksSnapshot() { db_.ReleaseSnapshot(snapshot_); }

absl::StatusOr<std::string> RocksSnapshot::Get(FamilyId family, std::string_view key) const {
  rocksdb::ReadOptions options = ReadingOptions();
  options.snapshot = snapshot_;
  std::string value;
  const rocksdb::Status status =
      db_.Get(options, HandleOf(family), {key.data(), key.size()}, &value);
  if (status.IsNotFound()) {
    return MakeStatus(absl::StatusCode::kNotFound, "no such row in ", FamilyOf(family).name);
  }
  if (!status.ok()) return FromRocks(status, Cat("reading ", FamilyOf(family).name));
  return value;
}

absl::StatusOr<std::vector<std::optional<std::string>>> RocksSnapshot::MultiGet(
    FamilyId family, std::span<const std::string> keys) const {
  rocksdb::ReadOptions options = ReadingOptions();
  options.snapshot = snapshot_;
  const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> found(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  db_.MultiGet(options, HandleOf(family), keys.size(), slices.data(), found.data(),
               statuses.data());
  std::vector<std::optional<std::string>> values(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].IsNotFound()) continue;
    if (!statuses[i].ok()) {
      return FromRocks(statuses[i], Cat("reading ", FamilyOf(family).name));
    }
    values[i].emplace(found[i].data(), found[i].size());
  }
  return values;
}

std::unique_ptr<Walk> RocksSnapshot::NewWalk(FamilyId family, Bounds bounds, Direction direction,
                                             Access access) const {
  rocksdb::ReadOptions options = access == Access::kScan ? ScanningOptions() : ReadingOptions();
  options.snapshot = snapshot_;
  return std::make_unique<RocksWalk>(RocksWalk::Place{db_, *HandleOf(family)}, options,
                                     std::move(bounds), direction);
}

std::uint64_t RocksSnapshot::EstimateBytes(FamilyId family, const Bounds& bounds) const {
  rocksdb::SizeApproximationOptions options;
  options.include_memtables = true;
  options.include_files = true;
  const std::string_view end = bounds.end.has_value() ? *bounds.end : kBehindAllKeys;
  const rocksdb::Range range(bounds.begin, {end.data(), end.size()});
  std::uint64_t bytes = 0;
  // An error leaves 0: the term looks cheap, and reading it will meet the error.
  db_.GetApproximateSizes(options, HandleOf(family), &range, 1, &bytes).PermitUncheckedError();
  return bytes;
}

}  // namespace mailtrail::kv::rocks
