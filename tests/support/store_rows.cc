#include "tests/support/store_rows.h"

#include "storage/kv/memory/store.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {

StoredRows RowsOf(kv::Store& store, kv::FamilyId family) {
  StoredRows rows;
  const auto snapshot = store.TakeSnapshot();
  EXPECT_OK(snapshot);
  if (!snapshot.ok()) return rows;
  const auto walk = (*snapshot)->NewWalk(family, {}, kv::Direction::kForward);
  for (walk->SeekToFirst(); walk->Valid(); walk->Next()) rows.emplace(walk->key(), walk->value());
  EXPECT_OK(walk->status());
  return rows;
}

std::unique_ptr<kv::Store> CopyOf(kv::Store& store) {
  kv::Batch batch;
  for (const kv::Family& family : kv::kFamilies) {
    for (const auto& [key, value] : RowsOf(store, family.id)) batch.Put(family.id, key, value);
  }
  auto copy = std::make_unique<kv::memory::MemoryStore>();
  EXPECT_OK(copy->Write(batch, kv::Durability::kSynced));
  return copy;
}

}  // namespace mailtrail::test
