#include "storage/base/text.h"

#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace mailtrail {
namespace {

using ::testing::Optional;

TEST(AsciiLower, LeavesOtherBytesAlone) {
  EXPECT_EQ(AsciiLower("J\xc3\x84NE@Example.COM"), "j\xc3\x84ne@example.com");
}

TEST(IsUtf8, TakesEveryLengthAtItsEdges) {
  for (const std::string_view text :
       {"", "plain", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
        "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "a\xe2\x82\xac z"}) {
    EXPECT_TRUE(IsUtf8(text)) << HexEncode(text);
  }
  EXPECT_TRUE(IsUtf8(std::string_view("\0", 1)));
}

TEST(IsUtf8, RefusesWhatIsNotWellFormed) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"\x80", "a tail without a lead"},
      {"\xc0\xaf", "an overlong slash"},
      {"\xc1\xbf", "overlong"},
      {"\xe0\x9f\xbf", "overlong"},
      {"\xf0\x8f\xbf\xbf", "overlong"},
      {"\xed\xa0\x80", "a surrogate"},
      {"\xf4\x90\x80\x80", "above U+10FFFF"},
      {"\xf5\x80\x80\x80", "above U+10FFFF"},
      {"\xff", "never a byte of UTF-8"},
      {"\xe2\x82", "cut off"},
      {"\xe2\x82z", "a lead whose tail does not come"},
      {"\xc2", "cut off"},
      {"\xf0\x90\x80\xc0", "a last byte that is no tail"},
  };
  for (const auto& [text, why] : cases) EXPECT_FALSE(IsUtf8(text)) << why << ' ' << HexEncode(text);
}

TEST(Hex, RoundTripsAndTakesBothCases) {
  EXPECT_EQ(HexEncode(std::string_view("\x00\xab\xff", 3)), "00abff");
  EXPECT_THAT(HexDecode("00aBFf"), Optional(std::string("\x00\xab\xff", 3)));
  EXPECT_THAT(HexDecode(""), Optional(std::string()));
  EXPECT_EQ(HexDecode("0"), std::nullopt);
  EXPECT_EQ(HexDecode("0g"), std::nullopt);
  EXPECT_EQ(HexDecode(" 0"), std::nullopt);
}

// RFC 4648, section 10, in lower case and without padding.
TEST(Base32, GivesTheVectorsOfTheRfc) {
  const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                   {"f", "my"},
                                                                   {"fo", "mzxq"},
                                                                   {"foo", "mzxw6"},
                                                                   {"foob", "mzxw6yq"},
                                                                   {"fooba", "mzxw6ytb"},
                                                                   {"foobar", "mzxw6ytboi"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(Base32Encode(bytes), text);
    EXPECT_THAT(Base32Decode(text), Optional(std::string(bytes)));
  }
}

TEST(Base32, RoundTripsRandomBytes) {
  std::mt19937_64 rng(3);
  for (int i = 0; i < 10'000; ++i) {
    std::string bytes(rng() % 20, '\0');
    for (char& byte : bytes) byte = static_cast<char>(rng());
    ASSERT_THAT(Base32Decode(Base32Encode(bytes)), Optional(bytes));
  }
}

TEST(Base32, KnowsOneTextForOneValue) {
  EXPECT_EQ(Base32Decode("MY"), std::nullopt);
  EXPECT_EQ(Base32Decode("m1"), std::nullopt);
  EXPECT_EQ(Base32Decode("my======"), std::nullopt);
  EXPECT_EQ(Base32Decode("m"), std::nullopt) << "five bits are no byte";
  EXPECT_EQ(Base32Decode("mza"), std::nullopt) << "one digit more than a byte needs";
  EXPECT_EQ(Base32Decode("mz"), std::nullopt) << "the idle bits are not zero";
}

}  // namespace
}  // namespace mailtrail
