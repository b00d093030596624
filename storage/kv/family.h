#pragma once

// The families of the store, as a table: who adds one adds a row. Ids and names are on disk: never
// change or reuse one.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mailtrail::kv {

enum class FamilyId : std::uint8_t {
  kMeta = 0,
  kEvents = 1,
  kRaw = 2,
  kByMessage = 3,
  kSeen = 4,
  kPostings = 5,
  kListings = 6,
  kTimeMap = 7,
  kSources = 8,
  kCertificates = 9,
  kQuarantine = 10,
};

// How a family is written and read; kv/rocks turns it into options.
enum class Shape : std::uint8_t {
  kSmall,      // Few rows, read whole.
  kLog,        // Ascending keys, scanned in order and picked one by one: LZ4, 4 KiB blocks.
  kClustered,  // Large values that repeat within a group of keys: ZSTD with a dictionary, 16 KiB.
  kRecords,    // Records grouped by a key prefix, read as short scans.
  kPoints,     // Looked up by whole key, mostly missing: filters.
  kPostings,   // Short rows below a fixed prefix, walked in either direction.
};

// Who may compute the family anew.
enum class Origin : std::uint8_t {
  kLog,      // The truth.
  kDerived,  // From the log: `check` rebuilds and compares it.
  kLocal,    // Operational state of this store.
};

struct Family {
  FamilyId id;
  std::string_view name;
  Shape shape;
  Origin origin;
  // Rows with equal leading bytes are written close together: the memtable's insert hint. 0: none.
  std::size_t hint_prefix_bytes;
};

inline constexpr std::array<Family, 11> kFamilies = {{
    // RocksDB insists on a family named "default": ours is `meta`.
    {FamilyId::kMeta, "default", Shape::kSmall, Origin::kLocal, 0},
    {FamilyId::kEvents, "events", Shape::kLog, Origin::kLog, 1},
    {FamilyId::kRaw, "raw", Shape::kClustered, Origin::kLog, 2},
    {FamilyId::kByMessage, "by_message", Shape::kRecords, Origin::kDerived, 2},
    {FamilyId::kSeen, "seen", Shape::kPoints, Origin::kDerived, 1},
    {FamilyId::kPostings, "postings", Shape::kPostings, Origin::kDerived, 8},
    {FamilyId::kListings, "listings", Shape::kPostings, Origin::kDerived, 8},
    {FamilyId::kTimeMap, "time_map", Shape::kSmall, Origin::kDerived, 0},
    {FamilyId::kSources, "sources", Shape::kSmall, Origin::kLocal, 0},
    {FamilyId::kCertificates, "certificates", Shape::kSmall, Origin::kLocal, 0},
    {FamilyId::kQuarantine, "quarantine", Shape::kSmall, Origin::kLocal, 0},
}};

// The table is indexed by id.
[[nodiscard]] constexpr const Family& FamilyOf(FamilyId id) {
  return kFamilies[static_cast<std::size_t>(id)];
}

consteval bool FamiliesAreIndexedById() {
  for (std::size_t i = 0; i < kFamilies.size(); ++i) {
    if (static_cast<std::size_t>(kFamilies[i].id) != i) return false;
  }
  return true;
}
static_assert(FamiliesAreIndexedById());

}  // namespace mailtrail::kv
