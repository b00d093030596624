#pragma once

#include <cstddef>
#include <filesystem>

namespace mailtrail::bench {

// Fills `data_dir` with a store of so many events that a server can be started on.
void FillStore(const std::filesystem::path& data_dir, std::size_t events);

}  // namespace mailtrail::bench
