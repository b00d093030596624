#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/kv/family.h"

namespace mailtrail::kv {

// Rows to put and keys to delete, in one arena: two allocations however many rows. Written as a
// whole or not at all. A later row for a key wins over an earlier one. Not thread-safe.
class Batch {
 public:
  enum class Op : std::uint8_t { kPut, kDelete };
  struct Row {
    FamilyId family;
    Op op;
    std::string_view key;
    std::string_view value;  // Empty for kDelete.
  };

  void Put(FamilyId family, std::string_view key, std::string_view value) {
    Add(family, Op::kPut, key, value);
  }
  void Delete(FamilyId family, std::string_view key) { Add(family, Op::kDelete, key, {}); }
  // Another batch's rows, after those of this one.
  void Append(const Batch& other) {
    for (std::size_t i = 0; i < other.size(); ++i) {
      const Row row = other.row(i);
      Add(row.family, row.op, row.key, row.value);
    }
  }

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  // Keys and values together.
  [[nodiscard]] std::size_t bytes() const { return arena_.size(); }
  // Views into this batch: valid until it next changes.
  [[nodiscard]] Row row(std::size_t i) const {
    const Entry& entry = rows_[i];
    const std::string_view arena = arena_;
    return {entry.family, entry.op, arena.substr(entry.offset, entry.key_bytes),
            arena.substr(entry.offset + entry.key_bytes, entry.value_bytes)};
  }
  void Clear() {
    arena_.clear();
    rows_.clear();
  }

 private:
  struct Entry {
    FamilyId family;
    Op op;
    std::size_t offset;
    std::size_t key_bytes;
    std::size_t value_bytes;
  };

  void Add(FamilyId family, Op op, std::string_view key, std::string_view value) {
    rows_.push_back({family, op, arena_.size(), key.size(), value.size()});
    arena_.append(key);
    arena_.append(value);
  }

  std::string arena_;
  std::vector<Entry> rows_;
};

}  // namespace mailtrail::kv
