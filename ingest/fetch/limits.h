#pragma once

// Every limit of this module, with its unit and its reason.

#include <cstddef>

namespace mailtrail::ingest {

// Milliseconds to connect, and for the whole request. SNS waits 15 seconds for our answer.
inline constexpr long kFetchConnectMillisMax = 2'000;
inline constexpr long kFetchMillisMax = 3'000;
// Bytes of a body. Certificates have about 2 KiB, AWS's answers to a confirmation under 1 KiB.
inline constexpr std::size_t kFetchBodyBytesMax = std::size_t{16} << 10;
// Requests at a time, and those that wait for their turn: the last one is over within 9 seconds.
inline constexpr std::size_t kFetchThreads = 2;
inline constexpr std::size_t kFetchQueueMax = 4;

}  // namespace mailtrail::ingest
