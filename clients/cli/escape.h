#pragma once

#include <string>
#include <string_view>

namespace mailtrail::cli {

// Text from outside made safe for a terminal and a table: control characters, line ends, and the
// characters that turn the direction of writing or have no width become \xNN or \u{NNNN}; a
// backslash is doubled. What is no UTF-8 becomes \xNN.
[[nodiscard]] std::string Escape(std::string_view text);

// Columns that a text takes on a terminal, taking each code point as one.
[[nodiscard]] std::size_t Width(std::string_view text);

}  // namespace mailtrail::cli
