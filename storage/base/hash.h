#pragma once

// Keyed hashes for everything that stands in a key: SipHash-2-4, each use under its own key.
//
// A key on disk never holds an address or a tag in clear, since RocksDB keeps boundary keys in its
// MANIFEST, where an erasure cannot reach them. Every hash is frozen with golden values.

#include <array>
#include <cstdint>
#include <string_view>

namespace mailtrail {

using HashKey = std::array<std::uint8_t, 16>;

// Thread-safe; cheap to copy.
class KeyedHash {
 public:
  explicit KeyedHash(const HashKey& key) : key_(key) {}

  // SipHash-2-4 with 64 bits of output, read as little endian as its authors do.
  [[nodiscard]] std::uint64_t Hash64(std::string_view bytes) const;
  // SipHash-2-4 with 128 bits of output, in its own byte order.
  [[nodiscard]] std::array<char, 16> Hash128(std::string_view bytes) const;

 private:
  HashKey key_;
};

}  // namespace mailtrail
