#include "clients/cli/escape.h"

#include <cstdint>

#include "absl/strings/str_format.h"
#include "storage/base/text.h"

namespace mailtrail::cli {
namespace {

// The length of the UTF-8 sequence that begins with this byte; 0 for none.
std::size_t SequenceBytes(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

std::uint32_t CodePoint(std::string_view sequence) {
  const auto first = static_cast<unsigned char>(sequence[0]);
  if (sequence.size() == 1) return first;
  std::uint32_t point = first & (0x7F >> sequence.size());
  for (const char byte : sequence.substr(1)) {
    point = (point << 6) | (static_cast<unsigned char>(byte) & 0x3F);
  }
  return point;
}

bool IsUnsafe(std::uint32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) ||  // Controls.
         (point >= 0x200B && point <= 0x200F) ||             // No width, direction marks.
         (point >= 0x2028 && point <= 0x202E) ||             // Line ends, direction.
         (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF || point == 0x061C ||
         point == 0x00AD || point == 0x180E || (point >= 0xFFF9 && point <= 0xFFFB) ||
         (point >= 0xE0000 && point <= 0xE007F);  // Tags: a text within the text.
}

}  // namespace

std::string Escape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t bytes = SequenceBytes(static_cast<unsigned char>(text[0]));
    const std::string_view sequence = text.substr(0, bytes);
    if (bytes == 0 || sequence.size() < bytes || !IsUtf8(sequence)) {
      out += absl::StrFormat("\\x%02X", static_cast<unsigned char>(text[0]));
      text.remove_prefix(1);
      continue;
    }
    const std::uint32_t point = CodePoint(sequence);
    if (point == '\\') {
      out += "\\\\";
    } else if (IsUnsafe(point)) {
      out += point < 0x80 ? absl::StrFormat("\\x%02X", point) : absl::StrFormat("\\u{%04X}", point);
    } else {
      out += sequence;
    }
    text.remove_prefix(bytes);
  }
  return out;
}

std::size_t Width(std::string_view text) {
  std::size_t width = 0;
  for (const char byte : text) {
    if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) ++width;
  }
  return width;
}

}  // namespace mailtrail::cli
