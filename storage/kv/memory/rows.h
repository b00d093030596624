#pragma once

// All rows of a store with the versions that somebody may still see, on std::map.
//
// Every batch makes a version. A snapshot is a number, so taking one costs nothing however many
// rows there are; a row's old versions go when the row is next written and no snapshot needs them.

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/mutex.h"
#include "storage/kv/store.h"

namespace mailtrail::kv::memory {

// Thread-safe.
class Rows {
 public:
  using Version = std::uint64_t;
  struct Row {
    std::string key;
    std::string value;
  };

  void Apply(const Batch& batch, Durability durability);
  // Forgets every batch since the last synced one. REQUIRES: nothing is pinned.
  void DropBuffered();
  // Forgets the deleted keys of a family that no snapshot sees.
  void Compact(FamilyId family);

  // The newest version, which stays readable until it is unpinned.
  [[nodiscard]] Version Pin();
  void Unpin(Version version);

  [[nodiscard]] std::optional<std::string> Get(FamilyId family, Version version,
                                               std::string_view key) const;
  // The first row with begin <= key < end, or the last one.
  [[nodiscard]] std::optional<Row> First(FamilyId family, Version version,
                                         const Bounds& bounds) const;
  [[nodiscard]] std::optional<Row> Last(FamilyId family, Version version,
                                        const Bounds& bounds) const;
  // Keys and values within `bounds`, counted one by one.
  [[nodiscard]] std::uint64_t Bytes(FamilyId family, Version version, const Bounds& bounds) const;

 private:
  struct Change {
    Version version;
    std::optional<std::string> value;  // Nullopt: deleted.
  };
  using History = std::vector<Change>;  // Ascending by version; never empty.
  using Family = std::map<std::string, History, std::less<>>;

  // What a reader of `version` sees of a row; null when it is absent or deleted.
  [[nodiscard]] static const std::string* ValueAt(const History& history, Version version);
  // The oldest version that may still be asked for.
  [[nodiscard]] Version Horizon() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  // Drops the changes that nobody can see any more, and the row when none is left. Gives the next.
  static Family::iterator Trim(Family& family, Family::iterator row, Version horizon);

  [[nodiscard]] const Family& FamilyOf(FamilyId id) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return families_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] Family& FamilyOf(FamilyId id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return families_[static_cast<std::size_t>(id)];
  }

  mutable Mutex mu_;
  std::array<Family, kFamilies.size()> families_ ABSL_GUARDED_BY(mu_);
  std::multiset<Version> pinned_ ABSL_GUARDED_BY(mu_);
  Version newest_ ABSL_GUARDED_BY(mu_) = 0;
  Version synced_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace mailtrail::kv::memory
