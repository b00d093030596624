#include "server/observe/json_logger.h"

#include <sstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "server/observe/limits.h"
#include "tests/support/fake_clock.h"

namespace mailtrail::server::observe {
namespace {

using ::testing::SizeIs;

std::vector<nlohmann::json> Lines(const std::ostringstream& out) {
  std::vector<nlohmann::json> lines;
  std::istringstream in(out.str());
  for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

class JsonLoggerTest : public testing::Test {
 protected:
  test::FakeClock clock_{UnixMillis{1'763'632'800'123}};
  std::ostringstream out_;
};

TEST_F(JsonLoggerTest, WritesOneObjectALine) {
  JsonLogger logger(clock_, LogLevel::kInfo, out_);
  logger.Write(LogLevel::kWarning, "push_refused", {{"reason", "a \"quoted\"\nreason"}});
  EXPECT_EQ(out_.str(),
            R"({"time":"2025-11-20T10:00:00.123Z","level":"warning","event":"push_refused",)"
            R"("reason":"a \"quoted\"\nreason"})"
            "\n");
}

TEST_F(JsonLoggerTest, DropsWhatIsBelowItsLevel) {
  JsonLogger logger(clock_, LogLevel::kWarning, out_);
  logger.Write(LogLevel::kInfo, "started", {});
  EXPECT_EQ(out_.str(), "");
}

TEST_F(JsonLoggerTest, LeavesOutAFloodOfOneEventAndSaysHowMuch) {
  JsonLogger logger(clock_, LogLevel::kInfo, out_);
  for (int i = 0; i < kLinesPerSecondMax + 7; ++i) logger.Write(LogLevel::kError, "flood", {});
  logger.Write(LogLevel::kError, "other", {});
  EXPECT_THAT(Lines(out_), SizeIs(kLinesPerSecondMax + 1)) << "another event has its own measure";
  clock_.Advance(kMillisPerSecond);
  logger.Write(LogLevel::kError, "flood", {});
  EXPECT_EQ(Lines(out_).back()["left_out"], 7);
}

TEST_F(JsonLoggerTest, CutsLongFieldsAndMendsWhatIsNoUtf8) {
  JsonLogger logger(clock_, LogLevel::kInfo, out_);
  logger.Write(LogLevel::kInfo, "long", {{"value", std::string(kFieldBytesMax - 1, 'x') + "ü!"}});
  const std::string value = Lines(out_).at(0)["value"];
  EXPECT_EQ(value, std::string(kFieldBytesMax - 1, 'x') + "\uFFFD");
}

}  // namespace
}  // namespace mailtrail::server::observe
