#include "storage/kv/memory/rows.h"

#include <algorithm>
#include <iterator>

namespace mailtrail::kv::memory {

const std::string* Rows::ValueAt(const History& history, Version version) {
  for (auto change = history.rbegin(); change != history.rend(); ++change) {
    if (change->version <= version) return change->value.has_value() ? &*change->value : nullptr;
  }
  return nullptr;
}

Rows::Version Rows::Horizon() const {
  // What was synced stays, since DropBuffered() goes back to it.
  return pinned_.empty() ? synced_ : std::min(synced_, *pinned_.begin());
}

Rows::Family::iterator Rows::Trim(Family& family, Family::iterator row, Version horizon) {
  History& history = row->second;
  // The last change at or below the horizon is what a reader there sees; all before it are hidden.
  const auto above = std::ranges::find_if(
      history, [horizon](const Change& change) { return change.version > horizon; });
  if (above != history.begin()) history.erase(history.begin(), std::prev(above));
  const bool gone = history.size() == 1 && !history.front().value.has_value() &&
                    history.front().version <= horizon;
  return gone ? family.erase(row) : std::next(row);
}

void Rows::Apply(const Batch& batch, Durability durability) {
  MutexLock lock(mu_);
  ++newest_;
  if (durability == Durability::kSynced) synced_ = newest_;
  const Version horizon = Horizon();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const Batch::Row row = batch.row(i);
    Family& family = FamilyOf(row.family);
    const auto found = family.try_emplace(std::string(row.key)).first;
    History& history = found->second;
    if (history.empty() || history.back().version != newest_) history.push_back({newest_, {}});
    history.back().value = row.op == Batch::Op::kPut
                               ? std::optional<std::string>(std::string(row.value))
                               : std::nullopt;
    Trim(family, found, horizon);
  }
}

void Rows::DropBuffered() {
  MutexLock lock(mu_);
  const auto is_buffered = [synced = synced_](const Change& change) {
    return change.version > synced;
  };
  for (Family& family : families_) {
    for (auto row = family.begin(); row != family.end();) {
      std::erase_if(row->second, is_buffered);
      row = row->second.empty() ? family.erase(row) : Trim(family, row, synced_);
    }
  }
  newest_ = synced_;
}

void Rows::Compact(FamilyId family_id) {
  MutexLock lock(mu_);
  Family& family = FamilyOf(family_id);
  const Version horizon = Horizon();
  for (auto row = family.begin(); row != family.end();) row = Trim(family, row, horizon);
}

Rows::Version Rows::Pin() {
  MutexLock lock(mu_);
  pinned_.insert(newest_);
  return newest_;
}

void Rows::Unpin(Version version) {
  MutexLock lock(mu_);
  pinned_.erase(pinned_.find(version));
}

std::optional<std::string> Rows::Get(FamilyId family_id, Version version,
                                     std::string_view key) const {
  MutexLock lock(mu_);
  const Family& family = FamilyOf(family_id);
  const auto row = family.find(key);
  const std::string* value = row == family.end() ? nullptr : ValueAt(row->second, version);
  return value == nullptr ? std::nullopt : std::optional<std::string>(*value);
}

std::optional<Rows::Row> Rows::First(FamilyId family_id, Version version,
                                     const Bounds& bounds) const {
  MutexLock lock(mu_);
  const Family& family = FamilyOf(family_id);
  for (auto row = family.lower_bound(bounds.begin); row != family.end(); ++row) {
    if (bounds.end.has_value() && row->first >= *bounds.end) break;
    if (const std::string* value = ValueAt(row->second, version)) return Row{row->first, *value};
  }
  return std::nullopt;
}

std::optional<Rows::Row> Rows::Last(FamilyId family_id, Version version,
                                    const Bounds& bounds) const {
  MutexLock lock(mu_);
  const Family& family = FamilyOf(family_id);
  auto row = bounds.end.has_value() ? family.lower_bound(*bounds.end) : family.end();
  while (row != family.begin()) {
    --row;
    if (row->first < bounds.begin) break;
    if (const std::string* value = ValueAt(row->second, version)) return Row{row->first, *value};
  }
  return std::nullopt;
}

std::uint64_t Rows::Bytes(FamilyId family_id, Version version, const Bounds& bounds) const {
  MutexLock lock(mu_);
  const Family& family = FamilyOf(family_id);
  std::uint64_t bytes = 0;
  for (auto row = family.lower_bound(bounds.begin); row != family.end(); ++row) {
    if (bounds.end.has_value() && row->first >= *bounds.end) break;
    if (const std::string* value = ValueAt(row->second, version)) {
      bytes += row->first.size() + value->size();
    }
  }
  return bytes;
}

}  // namespace mailtrail::kv::memory
