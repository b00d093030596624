#pragma once

// Bridges std::string_view to Abseil. Debian 12's Abseil is built with a string_view of its own, so
// our headers never name absl::string_view, and our calls go through here.

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace mailtrail {

[[nodiscard]] inline absl::string_view ToAbsl(std::string_view text) {
  return {text.data(), text.size()};
}
[[nodiscard]] inline std::string_view FromAbsl(absl::string_view text) {
  return {text.data(), text.size()};
}

namespace text_internal {
template <typename T>
[[nodiscard]] decltype(auto) Bridge(const T& value) {
  if constexpr (std::is_same_v<T, std::string_view>) {
    return ToAbsl(value);
  } else {
    return value;
  }
}
}  // namespace text_internal

// absl::StrCat that also takes std::string_view.
template <typename... Args>
[[nodiscard]] std::string Cat(const Args&... args) {
  return absl::StrCat(text_internal::Bridge(args)...);
}

// ASCII only; other bytes are kept.
[[nodiscard]] std::string AsciiLower(std::string_view text);

// True when `text` is well-formed UTF-8 (no surrogates, no overlong forms).
[[nodiscard]] bool IsUtf8(std::string_view text);

[[nodiscard]] std::string HexEncode(std::string_view bytes);
// Nullopt unless `hex` is an even number of lower- or upper-case hex digits.
[[nodiscard]] std::optional<std::string> HexDecode(std::string_view hex);

// Lower-case RFC 4648 base32 without padding: five bits a character.
[[nodiscard]] std::string Base32Encode(std::string_view bytes);
// Nullopt for upper case, foreign characters, or bits that do not fill a byte.
[[nodiscard]] std::optional<std::string> Base32Decode(std::string_view text);

}  // namespace mailtrail
