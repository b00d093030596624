#pragma once

#include <string_view>

namespace mailtrail::mail {

// Drops ASCII white space at both ends.
[[nodiscard]] constexpr std::string_view DropWhiteSpace(std::string_view text) {
  constexpr std::string_view kWhiteSpace = " \t\r\n\v\f";
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

}  // namespace mailtrail::mail
