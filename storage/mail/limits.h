#pragma once

#include <cstddef>

namespace mailtrail::mail {

// Characters of an SES message id. Real ones have 60; the rest is room, and a bound on keys and
// ids.
inline constexpr std::size_t kMaxMessageIdLength = 128;

// Bytes of one label of a domain that are tried with IDNA. A label of 63 ASCII characters stands
// for fewer than 63 code points of at most 4 bytes, so a longer one is refused by IDNA in any case;
// the bound keeps hostile text from costing more than it is worth.
inline constexpr std::size_t kMaxIdnaLabelBytes = 252;

}  // namespace mailtrail::mail
