#pragma once

#include <filesystem>

#include "absl/status/status.h"
#include "rocksdb/options.h"

namespace mailtrail::kv::rocks {

// Makes the folder where it is missing, and looks whether this version may open what is in it: not
// a store that has lost its list of files, nor one with a family that we do not know.
[[nodiscard]] absl::Status PrepareFolder(const std::filesystem::path& folder,
                                         const rocksdb::DBOptions& options);

// Why rocksdb::DB::Open failed, in our words: a held lock gets a sentence of its own.
[[nodiscard]] absl::Status OpenError(const rocksdb::Status& status,
                                     const std::filesystem::path& folder);

}  // namespace mailtrail::kv::rocks
