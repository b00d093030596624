#include "tests/contract/kv/backends.h"

#include "storage/kv/memory/store.h"
#include "storage/kv/rocks/open.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::kv {
namespace {

absl::StatusOr<std::unique_ptr<Store>> OpenMemory(const std::filesystem::path& /*folder*/) {
  return std::make_unique<memory::MemoryStore>();
}

absl::StatusOr<std::unique_ptr<Store>> OpenRocks(const std::filesystem::path& folder) {
  return rocks::Open({.folder = folder / "store"}, NoLogger(), NoMetrics());
}

}  // namespace

const std::vector<Backend>& Backends() {
  static const std::vector<Backend> backends = {
      {"Memory", OpenMemory, false, false},
      {"Rocks", OpenRocks, true, true},
  };
  return backends;
}

void KvContract::SetUp() { MT_ASSERT_OK_AND_ASSIGN(store_, GetParam().open(folder_.path())); }

std::vector<std::pair<std::string, std::string>> KvContract::Rows(FamilyId family) {
  const auto snapshot = store_->TakeSnapshot();
  EXPECT_OK(snapshot);
  if (!snapshot.ok()) return {};
  const auto walk = (*snapshot)->NewWalk(family, {}, Direction::kForward);
  walk->SeekToFirst();
  return Drain(*walk);
}

void KvContract::Put(FamilyId family, std::string_view key, std::string_view value) {
  Batch batch;
  batch.Put(family, key, value);
  ASSERT_OK(store_->Write(batch, Durability::kSynced));
}

std::vector<std::pair<std::string, std::string>> Drain(Walk& walk) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (; walk.Valid(); walk.Next()) rows.emplace_back(walk.key(), walk.value());
  EXPECT_OK(walk.status());
  return rows;
}

}  // namespace mailtrail::kv
