#include "ingest/ses/json.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace mailtrail::ingest::ses {
namespace {

TEST(MendSurrogates, ReplacesEachEscapedHalfAndNothingElse) {
  const std::vector<std::pair<std::string_view, std::string_view>> rows = {
      {R"("\ud83d")", R"("\ufffd")"},
      {R"("\uDE00")", R"("\ufffd")"},
      {R"("a\ud83db\ude00c")", R"("a\ufffdb\ufffdc")"},
      {R"("\ud83d\ud83d\ude00")", R"("\ufffd\ud83d\ude00")"},
      {R"("\ude00\ud83d")", R"("\ufffd\ufffd")"},
      {R"("\ud83d\n")", R"("\ufffd\n")"},
      {R"("\ud83d\u0041")", R"("\ufffd\u0041")"},
      {R"("\\\ud83d")", R"("\\\ufffd")"},
  };
  for (const auto& [text, mended] : rows) {
    EXPECT_EQ(MendSurrogates(text), std::string(mended)) << text;
  }
}

TEST(MendSurrogates, LeavesWholePairsAndOtherEscapesAlone) {
  for (const std::string_view text :
       {R"("")", R"("\ud83d\ude00")", R"("\\ud83d")", R"("\u0041\n\\")", R"("\u12")", R"(\)",
        R"("\u+123")", R"("\ud83)"}) {
    EXPECT_EQ(MendSurrogates(text), std::nullopt) << text;
  }
}

TEST(ParseObject, ReadsHalfASurrogatePairAsAReplacementCharacter) {
  const absl::StatusOr<simdjson::dom::object> object =
      ParseObject(R"({"a":"x\ud83d","b":"\u0000"})");
  ASSERT_TRUE(object.ok()) << object.status();
  std::string_view text;
  ASSERT_EQ((*object)["a"].get(text), simdjson::SUCCESS);
  EXPECT_EQ(text, "x\uFFFD");
  ASSERT_EQ((*object)["b"].get(text), simdjson::SUCCESS);
  EXPECT_EQ(text, std::string_view("\0", 1));
}

}  // namespace
}  // namespace mailtrail::ingest::ses
