#pragma once

#include <cstddef>
#include <cstdint>

namespace mailtrail::server::config {

// A configuration file with 1,000 sources of ten topics takes some 600 KB.
inline constexpr std::size_t kConfigFileBytesMax = 4 << 20;
inline constexpr std::size_t kSourcesMax = 1'000;

// RocksDB's block cache. Below 8 MiB its index blocks would push each other out.
inline constexpr std::size_t kCacheBytesDefault = 256 << 20;
inline constexpr std::size_t kCacheBytesMin = 8 << 20;
// All write buffers together.
inline constexpr std::size_t kWriteBufferBytesDefault = 128 << 20;
inline constexpr std::size_t kWriteBufferBytesMin = 8 << 20;

// Kubernetes kills a pod 30 s after SIGTERM unless told otherwise: leave it some.
inline constexpr std::int64_t kDrainMsDefault = 20'000;
inline constexpr std::int64_t kDrainMsMax = 600'000;

}  // namespace mailtrail::server::config
