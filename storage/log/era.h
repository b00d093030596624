#pragma once

// Eras and cursors: how a reader's place survives restarts, and how a volume that was rolled back
// is noticed without any command.
//
// Each start of a store begins an era: a random id, the first sequence it may assign, and the
// second it began. A cursor names the era in which its position was assigned. It is good if that
// era's row exists and first - 1 <= position <= the next era's first - 1 (for the newest era: the
// head). A volume rolled back to a snapshot has lost the eras that came after it, or ends one
// before the cursor's position, so the cursor is refused, and told where to go on.

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "storage/log/sequence.h"

namespace mailtrail::log {

struct Era {
  std::uint64_t id = 0;  // Random.
  Sequence first;        // The first sequence that the era may assign.
  std::uint32_t start_second = 0;
  friend bool operator==(const Era&, const Era&) = default;
};

// A place in the log: everything up to and including `position` has been seen. Self-contained: it
// carries its era's first sequence and start, so that a store that lost the era can still answer.
struct Cursor {
  std::uint64_t era_id = 0;
  Sequence era_first;
  std::uint32_t era_start_second = 0;
  // One per partition; a store on one machine has one.
  std::vector<Sequence> positions;
  friend bool operator==(const Cursor&, const Cursor&) = default;
};

// What the log holds now. `eras`: oldest first, at least one.
struct LogState {
  std::span<const Era> eras;
  Sequence head;
  Sequence floor;  // The lowest sequence that streams may still read.
};

enum class CursorVerdict {
  kGood,
  kTooOld,      // Below the floor: OUT_OF_RANGE, go on at `go_on`, the oldest cursor.
  kUnknownEra,  // Of a future that this store lost, or beyond where its era was cut:
                // FAILED_PRECONDITION, go on at `go_on`.
  kMalformed,   // Cannot have been given out: wrong number of partitions, or before its era.
};

struct CursorCheck {
  CursorVerdict verdict;
  Cursor go_on;  // The cursor itself when good; nothing when malformed.
};

[[nodiscard]] CursorCheck CheckCursor(const LogState& state, const Cursor& cursor);

// The cursor after `position`, in the era that assigned it. REQUIRES: position <= head.
[[nodiscard]] Cursor CursorAt(std::span<const Era> eras, Sequence position);

// The oldest place a stream may start at: just below the floor.
[[nodiscard]] Cursor OldestCursor(const LogState& state);

}  // namespace mailtrail::log
