#pragma once

#include <filesystem>

namespace mailtrail::server::app {

// The store's own folder within --data-dir: beside it lies the key, where --key-file says nothing
// else.
[[nodiscard]] inline std::filesystem::path StoreFolder(const std::filesystem::path& data_dir) {
  return data_dir / "store";
}

}  // namespace mailtrail::server::app
