#include "storage/log/era.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace mailtrail::log {
namespace {

// Era 0xA assigned 1..5, 0xB nothing, 0xC 6..9, and 0xD is the newest, with 10..12.
const std::vector<Era> kEras = {
    {0xA, {1}, 100}, {0xB, {6}, 200}, {0xC, {6}, 300}, {0xD, {10}, 400}};

LogState State(Sequence floor = {1}) { return {kEras, {12}, floor}; }

Cursor In(const Era& era, std::uint64_t position) {
  return {era.id, era.first, era.start_second, {{position}}};
}

void ExpectGood(const Cursor& cursor) {
  const CursorCheck check = CheckCursor(State(), cursor);
  EXPECT_EQ(check.verdict, CursorVerdict::kGood) << cursor.positions.front().value;
  EXPECT_EQ(check.go_on, cursor);
}

void ExpectLost(const LogState& state, const Cursor& cursor, const Cursor& go_on) {
  const CursorCheck check = CheckCursor(state, cursor);
  EXPECT_EQ(check.verdict, CursorVerdict::kUnknownEra);
  EXPECT_EQ(check.go_on, go_on) << check.go_on.era_id << " " << check.go_on.positions[0].value;
}

TEST(Era, CursorIsGoodFromBeforeTheErasFirstToItsEnd) {
  for (std::uint64_t position = 0; position <= 5; ++position) ExpectGood(In(kEras[0], position));
  ExpectGood(In(kEras[1], 5));
  for (std::uint64_t position = 5; position <= 9; ++position) ExpectGood(In(kEras[2], position));
  for (std::uint64_t position = 9; position <= 12; ++position) ExpectGood(In(kEras[3], position));
}

TEST(Era, CursorBeyondItsErasEndGoesOnThere) {
  // The volume was put back to a state in which the era had assigned fewer.
  ExpectLost(State(), In(kEras[0], 6), In(kEras[0], 5));
  ExpectLost(State(), In(kEras[1], 6), In(kEras[0], 5));
  ExpectLost(State(), In(kEras[2], 11), In(kEras[2], 9));
  ExpectLost(State(), In(kEras[3], 13), In(kEras[3], 12));
}

TEST(Era, CursorOfALostEraGoesOnAtTheEndOfTheLastThatBeganBeforeIt) {
  // It began between 0xC (300) and 0xD (400), so it knew 0xC, whose end here is 9.
  ExpectLost(State(), In({0xE, {15}, 350}, 20), In(kEras[2], 9));
  // But it saw 0xC end at 7: what 0xC assigned here after that is news to it.
  ExpectLost(State(), In({0xE, {8}, 350}, 20), In(kEras[2], 7));
  ExpectLost(State(), In({0xE, {3}, 350}, 20), In(kEras[0], 2));
}

TEST(Era, ThatBeganInTheSameSecondAsALostOneDoesNotCountAsBeforeIt) {
  ExpectLost(State(), In({0xE, {15}, 400}, 20), In(kEras[2], 9));
  ExpectLost(State(), In({0xE, {15}, 401}, 20), In(kEras[3], 12));
}

TEST(Era, LostCursorWithoutAnyEarlierEraGoesOnAtTheOldestPlace) {
  ExpectLost(State(), In({0xE, {15}, 100}, 20), In(kEras[0], 0));
}

TEST(Era, LostCursorNeverGoesOnBelowTheFloor) {
  ExpectLost(State({8}), In(kEras[0], 6), In(kEras[2], 7));
  ExpectLost(State({8}), In({0xE, {3}, 350}, 20), In(kEras[2], 7));
}

TEST(Era, CursorBelowTheFloorIsTooOldAndIsToldTheOldest) {
  const LogState state = State({8});
  EXPECT_EQ(OldestCursor(state), In(kEras[2], 7));
  for (const Cursor& old : {In(kEras[0], 3), In(kEras[2], 6)}) {
    const CursorCheck check = CheckCursor(state, old);
    EXPECT_EQ(check.verdict, CursorVerdict::kTooOld);
    EXPECT_EQ(check.go_on, In(kEras[2], 7));
  }
  EXPECT_EQ(CheckCursor(state, In(kEras[2], 7)).verdict, CursorVerdict::kGood);
}

TEST(Era, CursorThatWasNeverGivenOutIsMalformed) {
  std::vector<Cursor> malformed = {
      In(kEras[2], 4),         // Before its era.
      In({0xE, {0}, 100}, 0),  // Sequences begin at 1.
      In({0xC, {5}, 300}, 7),  // Another first sequence than the era's.
      In({0xC, {6}, 301}, 7),  // Another start.
      In(kEras[0], 3),        In(kEras[0], 3)};
  malformed[4].positions.clear();
  malformed[5].positions.push_back({4});  // Of a log with two partitions.
  for (const Cursor& cursor : malformed) {
    EXPECT_EQ(CheckCursor(State(), cursor).verdict, CursorVerdict::kMalformed);
  }
}

TEST(Era, CursorAtAPlaceIsOfTheEraThatAssignedIt) {
  EXPECT_EQ(CursorAt(kEras, {0}), In(kEras[0], 0));
  EXPECT_EQ(CursorAt(kEras, {5}), In(kEras[0], 5));
  EXPECT_EQ(CursorAt(kEras, {6}), In(kEras[2], 6));
  EXPECT_EQ(CursorAt(kEras, {12}), In(kEras[3], 12));
  for (std::uint64_t position = 0; position <= 12; ++position) {
    ExpectGood(CursorAt(kEras, {position}));
  }
}

}  // namespace
}  // namespace mailtrail::log
