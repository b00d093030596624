#include "ingest/http/head_scanner.h"

#include <random>
#include <string>

#include "gtest/gtest.h"

namespace mailtrail::ingest::http {
namespace {

using Verdict = HeadScanner::Verdict;

// What the scanner must find, said plainly over the whole text.
std::pair<Verdict, std::size_t> Model(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char byte = text[i];
    const bool after_cr = i > 0 && text[i - 1] == '\r';
    const bool at_line_start = i == 0 || (i > 1 && text[i - 2] == '\r' && text[i - 1] == '\n');
    if (byte == '\0' || (byte == '\n') != after_cr ||
        (at_line_start && (byte == ' ' || byte == '\t'))) {
      return {Verdict::kBad, i + 1};
    }
    if (byte == '\n' && (i == 1 || (i > 2 && text[i - 3] == '\r' && text[i - 2] == '\n'))) {
      return {Verdict::kDone, i + 1};
    }
  }
  return {Verdict::kMore, text.size()};
}

TEST(HeadScannerTest, FindsTheEndHoweverTheBytesCome) {
  const std::string text = "POST / HTTP/1.1\r\nA: b\r\n\r\nrest";
  for (std::size_t first = 0; first <= text.size(); ++first) {
    HeadScanner scanner;
    if (scanner.Scan(text.substr(0, first)) == Verdict::kMore) {
      EXPECT_EQ(scanner.Scan(text), Verdict::kDone);
    }
    EXPECT_EQ(scanner.head_bytes(), text.size() - 4);
  }
}

TEST(HeadScannerTest, AgreesWithAPlainModelOnRandomBytes) {
  constexpr char kBytes[] = {'\r', '\n', 'a', ' ', '\t', '\0', ':'};
  std::mt19937 random(3);
  int done = 0;
  for (int round = 0; round < 200'000; ++round) {
    std::string text;
    for (unsigned i = random() % 8; i > 0; --i) {
      // Pairs, so that most texts get past their first line.
      text += random() % 3 == 0 ? std::string(1, kBytes[random() % sizeof kBytes]) : "\r\n";
      text += random() % 2 == 0 ? "a" : "";
    }
    HeadScanner scanner;
    const auto [verdict, bytes] = Model(text);
    ASSERT_EQ(scanner.Scan(text), verdict) << ::testing::PrintToString(text);
    ASSERT_EQ(scanner.head_bytes(), bytes) << ::testing::PrintToString(text);
    done += verdict == Verdict::kDone ? 1 : 0;
  }
  EXPECT_GT(done, 1'000);
}

}  // namespace
}  // namespace mailtrail::ingest::http
