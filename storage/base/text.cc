#include "storage/base/text.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"

namespace mailtrail {
namespace {

constexpr std::string_view kBase32Digits = "abcdefghijklmnopqrstuvwxyz234567";

// What may follow a lead byte, by the table of well-formed sequences in the Unicode standard
// (section 3.9, table 3-7): how many bytes, and the range of the first of them. The ranges are what
// keeps out overlong forms, surrogates and what lies above U+10FFFF.
struct Utf8Tail {
  int bytes;
  std::uint8_t first_min;
  std::uint8_t first_max;
};

std::optional<Utf8Tail> TailOf(std::uint8_t lead) {
  if (lead <= 0x7F) return Utf8Tail{0, 0, 0};
  if (lead < 0xC2) return std::nullopt;
  if (lead <= 0xDF) return Utf8Tail{1, 0x80, 0xBF};
  if (lead == 0xE0) return Utf8Tail{2, 0xA0, 0xBF};
  if (lead == 0xED) return Utf8Tail{2, 0x80, 0x9F};
  if (lead <= 0xEF) return Utf8Tail{2, 0x80, 0xBF};
  if (lead == 0xF0) return Utf8Tail{3, 0x90, 0xBF};
  if (lead <= 0xF3) return Utf8Tail{3, 0x80, 0xBF};
  if (lead == 0xF4) return Utf8Tail{3, 0x80, 0x8F};
  return std::nullopt;
}

}  // namespace

std::string AsciiLower(std::string_view text) { return absl::AsciiStrToLower(ToAbsl(text)); }

bool IsUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::optional<Utf8Tail> tail = TailOf(static_cast<std::uint8_t>(text[i++]));
    if (!tail.has_value() || text.size() - i < static_cast<std::size_t>(tail->bytes)) return false;
    std::uint8_t min = tail->first_min;
    std::uint8_t max = tail->first_max;
    for (int k = 0; k < tail->bytes; ++k) {
      const auto byte = static_cast<std::uint8_t>(text[i++]);
      if (byte < min || byte > max) return false;
      min = 0x80;
      max = 0xBF;
    }
  }
  return true;
}

std::string HexEncode(std::string_view bytes) { return absl::BytesToHexString(ToAbsl(bytes)); }

std::optional<std::string> HexDecode(std::string_view hex) {
  // Asked here, since Debian 12's Abseil takes what is no hex digit as zero.
  const auto is_digit = [](char c) { return absl::ascii_isxdigit(static_cast<unsigned char>(c)); };
  if (hex.size() % 2 != 0 || !std::ranges::all_of(hex, is_digit)) return std::nullopt;
  return absl::HexStringToBytes(ToAbsl(hex));
}

std::string Base32Encode(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 8 + 4) / 5);
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char byte : bytes) {
    buffer = (buffer << 8) | static_cast<std::uint8_t>(byte);
    for (bits += 8; bits >= 5; bits -= 5) {
      text.push_back(kBase32Digits[(buffer >> (bits - 5)) & 31]);
    }
  }
  if (bits > 0) text.push_back(kBase32Digits[(buffer << (5 - bits)) & 31]);
  return text;
}

std::optional<std::string> Base32Decode(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() * 5 / 8);
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char digit : text) {
    const std::size_t value = kBase32Digits.find(digit);
    if (value == std::string_view::npos) return std::nullopt;
    buffer = (buffer << 5) | static_cast<std::uint32_t>(value);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<char>(buffer >> bits));
    }
  }
  // One text for one value: no idle digit, and the bits that fill the last digit are zero.
  if (bits >= 5 || (buffer & ((1U << bits) - 1)) != 0) return std::nullopt;
  return bytes;
}

}  // namespace mailtrail
