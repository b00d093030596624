#include "clients/cli/escape.h"

#include <string>

#include "gtest/gtest.h"

namespace mailtrail::cli {
namespace {

TEST(Escape, KeepsWhatIsHarmless) {
  EXPECT_EQ(Escape(""), "");
  EXPECT_EQ(Escape("550 5.1.1 <ann@example.com>: user unknown"),
            "550 5.1.1 <ann@example.com>: user unknown");
  EXPECT_EQ(Escape("Grüße, 你好, שלום, 🙂"), "Grüße, 你好, שלום, 🙂");
}

TEST(Escape, ShowsControlsOfOneByteAsSuch) {
  EXPECT_EQ(Escape("a\tb\r\nc"), "a\\x09b\\x0D\\x0Ac");
  EXPECT_EQ(Escape("\x1b[2J\x1b]0;owned\x07"), "\\x1B[2J\\x1B]0;owned\\x07");
  EXPECT_EQ(Escape(std::string("a\0b\x7f", 4)), "a\\x00b\\x7F");
}

TEST(Escape, ShowsControlsOfSeveralBytesAsCodePoints) {
  EXPECT_EQ(Escape("a\xC2\x9B"
                   "b"),
            "a\\u{009B}b")
      << "CSI in one character";
  EXPECT_EQ(Escape("a\u2028b\u2029c"), "a\\u{2028}b\\u{2029}c") << "line ends";
}

TEST(Escape, ShowsWhatTurnsTheDirectionOfWriting) {
  EXPECT_EQ(Escape("invoice\u202Efdp.exe"), "invoice\\u{202E}fdp.exe");
  EXPECT_EQ(Escape("\u2066\u2067\u2068\u2069"), "\\u{2066}\\u{2067}\\u{2068}\\u{2069}");
  EXPECT_EQ(Escape("\u061C\u200E\u200F"), "\\u{061C}\\u{200E}\\u{200F}");
}

TEST(Escape, ShowsWhatHasNoWidth) {
  EXPECT_EQ(Escape("pay\u200Bpal\uFEFF\u00AD\u180E\u2060"),
            "pay\\u{200B}pal\\u{FEFF}\\u{00AD}\\u{180E}\\u{2060}");
  EXPECT_EQ(Escape("\U000E0041\U000E007F"), "\\u{E0041}\\u{E007F}") << "tags";
}

TEST(Escape, ShowsBytesThatAreNoUtf8OneByOne) {
  EXPECT_EQ(Escape("a\xFF\xFE"
                   "b"),
            "a\\xFF\\xFEb");
  EXPECT_EQ(Escape("caf\xE9 au lait"), "caf\\xE9 au lait") << "Latin-1";
  EXPECT_EQ(Escape("\xE2\x82"), "\\xE2\\x82") << "cut short";
  EXPECT_EQ(Escape("\xED\xA0\x80"), "\\xED\\xA0\\x80") << "half a surrogate pair";
  EXPECT_EQ(Escape("\xC0\x8A"), "\\xC0\\x8A") << "a line end, overlong";
}

TEST(Escape, DoublesABackslashSoThatNothingCanPretendToBeEscaped) {
  EXPECT_EQ(Escape("\\x1B"), "\\\\x1B");
  EXPECT_NE(Escape("\\x1B"), Escape("\x1B"));
}

TEST(Width, CountsCodePoints) {
  EXPECT_EQ(Width(""), 0U);
  EXPECT_EQ(Width("ann"), 3U);
  EXPECT_EQ(Width("Grüße"), 5U);
  EXPECT_EQ(Width("你好🙂"), 3U);
}

}  // namespace
}  // namespace mailtrail::cli
