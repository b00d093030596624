#pragma once

// What a store holds, as plain values.

#include <map>
#include <memory>
#include <string>

#include "storage/kv/store.h"

namespace mailtrail::test {

using StoredRows = std::map<std::string, std::string>;

// All rows of a family. An error fails the test.
[[nodiscard]] StoredRows RowsOf(kv::Store& store, kv::FamilyId family);

// A store in memory with the same rows: a volume that was copied aside.
[[nodiscard]] std::unique_ptr<kv::Store> CopyOf(kv::Store& store);

}  // namespace mailtrail::test
