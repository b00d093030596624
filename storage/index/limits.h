#pragma once

#include <cstddef>

namespace mailtrail::index {

// Headers that may be indexed: each is a term on every event that has it.
inline constexpr std::size_t kIndexedHeadersMax = 8;

// Hours of time_map held between batches. Events come some minutes late, and delays and bounces up
// to days; the hours of an import are read again for each batch.
inline constexpr std::size_t kTimeMapHoursHeldMax = 96;

// Rows of `listings` remembered as durable: 32 bytes each, 4 MiB. A message's Send and its Delivery
// come within seconds and share nearly all rows, about a dozen.
inline constexpr std::size_t kListingsRememberedMax = 1 << 17;

}  // namespace mailtrail::index
