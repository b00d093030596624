#pragma once

#include <cstdint>

namespace mailtrail::client {

// A unary call that takes longer has failed: a page's work is bounded to some 50 ms at the server.
inline constexpr std::int64_t kCallMs = 10'000;

// Between attempts to resume a watch, and to connect: doubled from the first to the last, then
// jittered.
inline constexpr std::int64_t kBackoffFirstMs = 100;
inline constexpr std::int64_t kBackoffLastMs = 10'000;

// Pings on an idle connection, so that a dead peer is noticed. The server allows one in 10 s.
inline constexpr int kKeepaliveMs = 20'000;
inline constexpr int kKeepaliveTimeoutMs = 20'000;

// An answer stays below 3 MiB; a larger one is RESOURCE_EXHAUSTED.
inline constexpr int kReceiveBytesMax = 4 << 20;

}  // namespace mailtrail::client
