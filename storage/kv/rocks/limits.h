#pragma once

#include <cstddef>

namespace mailtrail::kv::rocks {

// Below this a shard of the cache cannot hold the top of a large file's index, and each look-up
// would read it anew.
inline constexpr std::size_t kCacheBytesMin = std::size_t{8} << 20;

// Below this the families' first arena blocks alone would keep flushing.
inline constexpr std::size_t kWriteBuffersBytesMin = std::size_t{8} << 20;

}  // namespace mailtrail::kv::rocks
