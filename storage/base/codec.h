#pragma once

// Order-preserving fixed-width components of keys and values: big endian, so that bytes compare as
// the numbers do.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailtrail {

inline void AppendU8(std::string& out, std::uint8_t value) {
  out.push_back(static_cast<char>(value));
}

// Appends the low `bytes` bytes of `value`, most significant first.
inline void AppendBigEndian(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(value >> shift));
  }
}
inline void AppendU16(std::string& out, std::uint16_t value) { AppendBigEndian(out, value, 2); }
inline void AppendU32(std::string& out, std::uint32_t value) { AppendBigEndian(out, value, 4); }
inline void AppendU48(std::string& out, std::uint64_t value) { AppendBigEndian(out, value, 6); }
inline void AppendU64(std::string& out, std::uint64_t value) { AppendBigEndian(out, value, 8); }

// Reads components one after the other. Past the end every read gives 0 and ok() is false: read
// all, then ask once.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] std::uint64_t BigEndian(std::size_t bytes) {
    if (rest_.size() < bytes) {
      ok_ = false;
      rest_ = {};
      return 0;
    }
    std::uint64_t value = 0;
    for (const char byte : rest_.substr(0, bytes)) {
      value = (value << 8) | static_cast<unsigned char>(byte);
    }
    rest_.remove_prefix(bytes);
    return value;
  }
  [[nodiscard]] std::uint8_t U8() { return static_cast<std::uint8_t>(BigEndian(1)); }
  [[nodiscard]] std::uint16_t U16() { return static_cast<std::uint16_t>(BigEndian(2)); }
  [[nodiscard]] std::uint32_t U32() { return static_cast<std::uint32_t>(BigEndian(4)); }
  [[nodiscard]] std::uint64_t U48() { return BigEndian(6); }
  [[nodiscard]] std::uint64_t U64() { return BigEndian(8); }
  [[nodiscard]] std::string_view Bytes(std::size_t count) {
    if (rest_.size() < count) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  [[nodiscard]] std::string_view Rest() const { return rest_; }
  [[nodiscard]] bool ok() const { return ok_; }
  // Everything was read, and nothing is left.
  [[nodiscard]] bool AtEnd() const { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace mailtrail
