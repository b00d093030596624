#pragma once

#include <chrono>
#include <cstddef>

namespace mailtrail::writer {

// Beyond these, pushes get 503 and SNS retries. 4,096 queued pushes of 256 KiB would be 1 GiB,
// hence the bound in bytes.
inline constexpr std::size_t kQueueRecordsMax = 4'096;
inline constexpr std::size_t kQueueBytesMax = 64 << 20;

// One synced write. Larger batches gain little: 64 events a batch reach 106 k/s, 512 reach 186 k/s.
inline constexpr std::size_t kBatchRecordsMax = 512;

// How often the writer stores whether it is accepting: gaps in reception are known to this.
inline constexpr int kAcceptingSeconds = 60;

// A wall clock further than this from the steady one is not used until a restart.
inline constexpr int kClockDriftSecondsMax = 60;

// A heartbeat may be this late, behind a long commit, before it counts as a gap in reception.
inline constexpr int kAcceptingLateSeconds = 30;

// How long the writer waits before it reopens the store again after a failure that follows another;
// the first reopening is tried at once, then the wait doubles up to the longest.
inline constexpr std::chrono::milliseconds kReopenWaitFirst{100};
inline constexpr std::chrono::milliseconds kReopenWaitLongest{30'000};

static_assert(kBatchRecordsMax <= kQueueRecordsMax);

}  // namespace mailtrail::writer
