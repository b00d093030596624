#pragma once

#include <cstddef>
#include <cstdint>

namespace mailtrail::ingest {

// Rows of quarantine are read whole for a listing, and a flood of unreadable text must not fill the
// disk. Beyond it a push gets 503: SNS keeps it for an hour, and a metric says so.
inline constexpr std::size_t kQuarantineBytesMax = 64 << 20;

// Topics that one source remembers: of a pattern like "ses-*" an attacker inside the account could
// make many.
inline constexpr std::size_t kTopicsPerSourceMax = 1'000;

// Numbers of sources are u16 in rows, from 1, and never reused.
inline constexpr std::uint32_t kSourceNumberMax = 65'535;

}  // namespace mailtrail::ingest
