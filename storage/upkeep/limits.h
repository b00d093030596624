#pragma once

#include <cstddef>

namespace mailtrail::upkeep {

// Differences that a report describes; the rest is counted. Enough to see what kind of damage it
// is.
inline constexpr std::size_t kDifferencesDescribedMax = 100;

// Rebuilt rows gathered before they are written to the scratch store.
inline constexpr std::size_t kRebuildBatchBytesMax = 4 << 20;

}  // namespace mailtrail::upkeep
