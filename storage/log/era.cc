#include "storage/log/era.h"

#include <algorithm>
#include <optional>

namespace mailtrail::log {
namespace {

Cursor CursorIn(const Era& era, Sequence position) {
  return {.era_id = era.id,
          .era_first = era.first,
          .era_start_second = era.start_second,
          .positions = {position}};
}

// The last sequence that the era may have assigned.
Sequence EndOf(const LogState& state, std::size_t era) {
  if (era + 1 == state.eras.size()) return state.head;
  return {state.eras[era + 1].first.value - 1};
}

std::optional<std::size_t> Find(std::span<const Era> eras, std::uint64_t id) {
  const auto found = std::ranges::find(eras, id, &Era::id);
  if (found == eras.end()) return std::nullopt;
  return static_cast<std::size_t>(found - eras.begin());
}

// Where a reader of an era that this store does not have goes on: at the end of the last era that
// began before it, since up to there both histories are one. An era of the same second does not
// count: it may have begun after the volume was put back.
Sequence GoOnOfUnknownEra(const LogState& state, const Cursor& cursor) {
  Sequence end;
  for (std::size_t i = 0; i < state.eras.size(); ++i) {
    if (state.eras[i].start_second < cursor.era_start_second) end = EndOf(state, i);
  }
  return std::min(end, Sequence{cursor.era_first.value - 1});
}

CursorCheck Lost(const LogState& state, Sequence go_on) {
  if (go_on.value + 1 < state.floor.value) {
    return {CursorVerdict::kUnknownEra, OldestCursor(state)};
  }
  return {CursorVerdict::kUnknownEra, CursorAt(state.eras, go_on)};
}

}  // namespace

CursorCheck CheckCursor(const LogState& state, const Cursor& cursor) {
  const CursorCheck malformed{CursorVerdict::kMalformed, {}};
  if (cursor.positions.size() != 1 || cursor.era_first.value == 0) return malformed;
  const Sequence position = cursor.positions.front();
  if (position.value < cursor.era_first.value - 1) return malformed;

  const std::optional<std::size_t> era = Find(state.eras, cursor.era_id);
  if (!era) return Lost(state, GoOnOfUnknownEra(state, cursor));
  const Era& known = state.eras[*era];
  if (known.first != cursor.era_first || known.start_second != cursor.era_start_second) {
    return malformed;
  }
  if (const Sequence end = EndOf(state, *era); position > end) return Lost(state, end);
  if (position.value + 1 < state.floor.value) {
    return {CursorVerdict::kTooOld, OldestCursor(state)};
  }
  return {CursorVerdict::kGood, cursor};
}

Cursor CursorAt(std::span<const Era> eras, Sequence position) {
  // Eras that assigned nothing share their first sequence with the next one.
  const Era* assigned_by = &eras.front();
  for (const Era& era : eras) {
    if (era.first <= position) assigned_by = &era;
  }
  return CursorIn(*assigned_by, position);
}

Cursor OldestCursor(const LogState& state) { return CursorAt(state.eras, {state.floor.value - 1}); }

}  // namespace mailtrail::log
