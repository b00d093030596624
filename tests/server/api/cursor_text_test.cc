#include "server/api/cursor_text.h"

#include "gtest/gtest.h"
#include "tests/server/api/reasons.h"
#include "tests/support/api_world.h"

namespace mailtrail::server::api {
namespace {

using test::ApiWorld;
using test::Failed;
using test::IsOkAndHolds;
using test::MetadataOf;

const std::string kStoreId = "0123456789abcdef";

log::Cursor Sample() {
  return {.era_id = 0x0102030405060708,
          .era_first = {1'000},
          .era_start_second = 1'795'168'800,
          .positions = {{1'234'567}}};
}

TEST(CursorText, IsFrozen) {
  EXPECT_EQ(CursorTexts(kStoreId).Format(Sample()),
            "AQECAwQFBgcIAAAAAAAAA-hrABogAQAAAAAAEtaHYYTH1w");
}

TEST(CursorText, GivesBackWhatItWasMadeOf) {
  const CursorTexts texts(kStoreId);
  log::Cursor cursor = Sample();
  EXPECT_THAT(texts.Parse(texts.Format(cursor)), IsOkAndHolds(cursor));
  cursor.positions = {{1}, {2}, {~0ULL}};
  EXPECT_THAT(texts.Parse(texts.Format(cursor)), IsOkAndHolds(cursor));
}

TEST(CursorText, RefusesEachFlippedBit) {
  const CursorTexts texts(kStoreId);
  const std::string text = texts.Format(Sample());
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = text;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      EXPECT_THAT(texts.Parse(flipped), Failed(v1::ERROR_REASON_CURSOR_MALFORMED)) << flipped;
    }
  }
}

TEST(CursorText, RefusesOtherSpellings) {
  const CursorTexts texts(kStoreId);
  const std::string text = texts.Format(Sample());
  for (const std::string& other :
       {std::string(), std::string("oldest"), text + "=", text + "A", " " + text,
        text.substr(0, text.size() - 1), std::string(100'000, 'A')}) {
    EXPECT_THAT(texts.Parse(other), Failed(v1::ERROR_REASON_CURSOR_MALFORMED));
  }
}

TEST(CursorText, OfAnotherStoreIsMalformed) {
  const std::string text = CursorTexts(kStoreId).Format(Sample());
  EXPECT_THAT(CursorTexts("0123456789abcdeF").Parse(text),
              Failed(v1::ERROR_REASON_CURSOR_MALFORMED));
}

TEST(CursorText, NamesAPlaceInTheLog) {
  ApiWorld world;
  const std::uint64_t place = world.Add({});
  EXPECT_THAT(world.shared().cursors().Resolve(world.log(), world.CursorAt(place)),
              IsOkAndHolds(log::Sequence{place}));
}

TEST(CursorText, BelowTheFloorSaysWhereTheHistoryBegins) {
  ApiWorld world;
  for (int i = 0; i < 5; ++i) world.Add({});
  const std::string too_old = world.CursorAt(2);
  world.Restart(/*floor=*/5);
  const CursorTexts& texts = world.shared().cursors();
  const auto resolved = texts.Resolve(world.log(), too_old);
  EXPECT_THAT(resolved, Failed(v1::ERROR_REASON_CURSOR_TOO_OLD));
  const std::string oldest = MetadataOf(resolved.status(), "oldest_cursor");
  EXPECT_THAT(texts.Resolve(world.log(), oldest), IsOkAndHolds(log::Sequence{4}));
  EXPECT_EQ(MetadataOf(texts.TooOld(world.log()), "oldest_cursor"), oldest);
}

TEST(CursorText, OfALostFutureSaysWhereToGoOn) {
  ApiWorld lived_on;
  lived_on.Add({});
  lived_on.Restart();
  lived_on.Add({});
  const std::string lost = lived_on.CursorAt(3);
  ApiWorld put_back;
  put_back.Add({});
  const CursorTexts& texts = put_back.shared().cursors();
  const auto resolved = texts.Resolve(put_back.log(), lost);
  EXPECT_THAT(resolved, Failed(v1::ERROR_REASON_CURSOR_OF_LOST_HISTORY));
  EXPECT_THAT(texts.Resolve(put_back.log(), MetadataOf(resolved.status(), "resume_cursor")),
              IsOkAndHolds(log::Sequence{2}));
}

TEST(CursorText, BeforeItsEraIsMalformed) {
  ApiWorld world;
  const CursorTexts& texts = world.shared().cursors();
  log::Cursor cursor = log::CursorAt(world.log().eras(), {1});
  cursor.era_first = {10};
  EXPECT_THAT(texts.Resolve(world.log(), texts.Format(cursor)),
              Failed(v1::ERROR_REASON_CURSOR_MALFORMED));
}

}  // namespace
}  // namespace mailtrail::server::api
