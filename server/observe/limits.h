#pragma once

namespace mailtrail::server::observe {

// Lines of one event a second. A flood of refused pushes must not become a flood of lines: beyond
// it lines are counted, and the next one that is written says how many were left out.
inline constexpr int kLinesPerSecondMax = 50;

// Bytes of one field's value; longer ones are cut. Values are words, ids and counts of ours.
inline constexpr int kFieldBytesMax = 512;

}  // namespace mailtrail::server::observe
