#pragma once

// The implementations of kv::Store that the contract runs on.

#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "storage/kv/store.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::kv {

struct Backend {
  std::string name;
  absl::StatusOr<std::unique_ptr<Store>> (*open)(const std::filesystem::path& folder);
  // Whether rows that were not synced survive Reopen().
  bool keeps_buffered;
  bool has_files;
};

const std::vector<Backend>& Backends();

inline std::string BackendName(const testing::TestParamInfo<Backend>& info) {
  return info.param.name;
}
inline void PrintTo(const Backend& backend, std::ostream* out) { *out << backend.name; }

// A fresh store of one backend.
class KvContract : public testing::TestWithParam<Backend> {
 protected:
  void SetUp() override;

  [[nodiscard]] Store& store() { return *store_; }
  // The rows of a family, in order, as the store shows them now.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> Rows(FamilyId family);
  // Puts one row, synced.
  void Put(FamilyId family, std::string_view key, std::string_view value);

  test::TempDir folder_;

 private:
  std::unique_ptr<Store> store_;
};

// What a walk meets from where it stands to its end.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> Drain(Walk& walk);

}  // namespace mailtrail::kv
