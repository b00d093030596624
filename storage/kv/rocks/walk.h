#pragma once

#include <memory>

#include "rocksdb/db.h"
#include "storage/kv/store.h"

namespace mailtrail::kv::rocks {

class RocksWalk final : public Walk {
 public:
  struct Place {
    rocksdb::DB& db;
    rocksdb::ColumnFamilyHandle& family;
  };

  // `options` has the snapshot.
  RocksWalk(Place place, rocksdb::ReadOptions options, Bounds bounds, Direction direction);
  RocksWalk(const RocksWalk&) = delete;
  RocksWalk& operator=(const RocksWalk&) = delete;

  void SeekToFirst() override;
  void Seek(std::string_view key) override;
  void Next() override;
  [[nodiscard]] bool Valid() const override;
  [[nodiscard]] std::string_view key() const override;
  [[nodiscard]] std::string_view value() const override;
  [[nodiscard]] absl::Status status() const override;

 private:
  // The iterator points to these: they must stay where they are, and go after it.
  const Bounds bounds_;
  const rocksdb::Slice begin_;
  const rocksdb::Slice end_;
  const Direction direction_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

}  // namespace mailtrail::kv::rocks
