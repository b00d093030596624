#include "ingest/sns/field_forms.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "ingest/sns/limits.h"

namespace mailtrail::ingest::sns {
namespace {

bool IsLowerHex(char c) { return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f'); }

// Whether each character of `text` is what `form` has there: 'h' a lower-case hex digit, '0' a
// digit, anything else itself.
bool HasForm(std::string_view text, std::string_view form) {
  return std::ranges::equal(text, form, [](char c, char f) {
    if (f == 'h') return IsLowerHex(c);
    if (f == '0') return absl::ascii_isdigit(c);
    return c == f;
  });
}

}  // namespace

bool IsUuid(std::string_view text) { return HasForm(text, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh"); }

bool IsTimestampForm(std::string_view text) { return HasForm(text, "0000-00-00T00:00:00.000Z"); }

bool IsSubject(std::string_view utf8) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte < 0x20 || byte == 0x7F) return false;
    // U+0080 to U+009F are C2 80 to C2 9F.
    if (byte == 0xC2 && i + 1 < utf8.size() && static_cast<unsigned char>(utf8[i + 1]) < 0xA0) {
      return false;
    }
    const bool continues = (byte & 0xC0) == 0x80;
    if (!continues) ++characters;
  }
  return characters <= kSubjectCharactersMax;
}

bool IsToken(std::string_view text) {
  return !text.empty() && text.size() <= kTokenCharactersMax &&
         std::ranges::all_of(text, [](char c) {
           return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.' || c == '~';
         });
}

bool IsSubscribeUrl(std::string_view text) {
  return !text.empty() && text.size() <= kSubscribeUrlCharactersMax &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace mailtrail::ingest::sns
