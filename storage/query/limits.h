#pragma once

#include <cstddef>
#include <cstdint>

namespace mailtrail::query {

// Index entries that one page or one step of a watch may read: about 50 ms. Past it comes a short
// page with a token.
inline constexpr std::int64_t kEntriesReadMax = 10'000;
// Records that one page or step may read: a record costs as much as some five entries.
inline constexpr std::int64_t kRecordsReadMax = 2'000;
// Events of one page, by their bytes on disk. No answer goes over 3 MiB.
inline constexpr std::size_t kPageBytesMax = 1 << 20;
// Rows of one message that are folded or searched. Engagement beyond is a lower bound.
inline constexpr std::int64_t kMessageRowsMax = 10'000;
// Events in a trail.
inline constexpr std::size_t kTrailEventsMax = 500;
// Messages that one header Message-ID may stand for in a filter on events.
inline constexpr std::size_t kHeaderIdMessagesMax = 64;
// Hours of time_map that one plan reads: ten years.
inline constexpr std::int64_t kTimeMapHoursMax = 10 * 366 * 24;

}  // namespace mailtrail::query
