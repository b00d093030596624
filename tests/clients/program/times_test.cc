// --since, --until and --from: a time without a zone is UTC, whatever the machine's zone is, and
// every time that is shown says which it is.

#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "storage/base/text.h"
#include "storage/base/time.h"
#include "tests/clients/program/shell.h"
#include "tests/integration/app_under_test.h"
#include "tests/support/event_builder.h"

namespace mailtrail {
namespace {

using nlohmann::json;
using test::EventBuilder;
using test::Finished;
using test::RunShell;
using test::SesMessageId;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Times : public testing::Test {
 protected:
  Times() : app_({.now = ParseTime("2026-11-25T00:00:00Z").value()}) {
    std::uint64_t number = 0;
    for (const char* sent : {"2026-11-23T23:59:59.999Z", "2026-11-24T00:00:00.000Z",
                             "2026-11-24T08:59:59.999Z", "2026-11-24T09:00:00.000Z"}) {
      const std::int64_t ms = ParseTime(sent)->value;
      EXPECT_EQ(app_.PostEvent(
                    EventBuilder("Send").MessageId(SesMessageId(ms, ++number)).SentAt(ms).Text()),
                200);
    }
  }
  Finished Run(const std::string& script) {
    return RunShell(Cat("127.0.0.1:", app_.app().ports().grpc), script);
  }

  test::AppUnderTest app_;
};

TEST_F(Times, MeanTheSameInEveryZone) {
  for (const auto& [flags, events] : std::vector<std::pair<std::string, std::size_t>>{
           {"--since 2026-11-24", 3},
           {"--since 2026-11-24T09:00:00", 1},
           {"--since 2026-11-24T09:00:00Z", 1},
           {"--since 2026-11-24T09:00:00+09:00", 3},
           {"--until 2026-11-24", 1},
           {"--since 2026-11-24 --until 2026-11-24T09:00:00", 2},
           {"--since 20000d", 4},  // Longer ago than any event: until the year 2081.
           {"--until 20000d", 0}}) {
    SCOPED_TRACE(flags);
    const std::string command = Cat("mailtrail --output json event list ", flags);
    const Finished utc = Run(Cat("TZ=UTC ", command));
    const Finished tokyo = Run(Cat("TZ=Asia/Tokyo ", command));
    EXPECT_EQ(utc.code, 0) << utc.errors;
    EXPECT_THAT(utc.lines, SizeIs(events));
    EXPECT_EQ(tokyo.code, 0);
    EXPECT_EQ(tokyo.lines, utc.lines);
  }
}

TEST_F(Times, OfAWatchMeanTheSame) {
  for (const char* zone : {"UTC", "Asia/Tokyo"}) {
    const std::string watch =
        Cat("TZ=", zone, " mailtrail --output json event watch --stop-at-head --from ");
    EXPECT_THAT(Run(Cat(watch, "2026-11-25T00:00:00")).lines, SizeIs(4)) << "received then";
    EXPECT_THAT(Run(Cat(watch, "2026-11-25T00:00:01")).lines, IsEmpty());
    EXPECT_THAT(Run(Cat(watch, "oldest --since 2026-11-24T09:00:00")).lines, SizeIs(1));
  }
}

TEST_F(Times, ShownEndInZ) {
  for (const char* zone : {"UTC", "Asia/Tokyo"}) {
    const Finished table = Run(Cat("TZ=", zone, " mailtrail event list --order oldest"));
    ASSERT_THAT(table.lines, SizeIs(5));
    EXPECT_TRUE(table.lines[1].starts_with("2026-11-23T23:59:59.999Z  SEND")) << table.lines[1];
    const Finished list = Run(Cat("TZ=", zone, " mailtrail --output json event list"));
    static const std::regex kTimes(R"re("\w+Time":"([^"]*)")re");
    int times = 0;
    for (const std::string& line : list.lines) {
      for (std::sregex_iterator i(line.begin(), line.end(), kTimes), end; i != end; ++i) {
        EXPECT_TRUE((*i)[1].str().ends_with('Z')) << (*i)[0].str();
        ++times;
      }
    }
    EXPECT_EQ(times, 4 * 3) << "eventTime, sentTime, receivedTime";
  }
}

TEST(TimesMisused, AreAMistakeAndNothingIsSent) {
  const test::SilentPort port;
  for (const std::string verb : {"list", "watch"}) {
    for (const char* flags : {"--since yesterday", "--since ''", "--until 24:00",
                              "--since 2026-11-24 --until 2026-11-23", "--since 1h --until 2h"}) {
      const Finished result = RunShell(port.address(), Cat("mailtrail event ", verb, " ", flags));
      EXPECT_EQ(result.code, 2) << verb << " " << flags;
      EXPECT_THAT(result.lines, IsEmpty());
      EXPECT_EQ(result.errors.find('\n'), result.errors.size() - 1) << result.errors;
      EXPECT_FALSE(port.WasCalled()) << verb << " " << flags;
    }
  }
  (void)RunShell(port.address(), "timeout 1 mailtrail event list --since 24h");
  EXPECT_TRUE(port.WasCalled()) << "or the test would see no call at all";
}

TEST(TimesMisused, AreAnsweredWithTheFormThatIsWanted) {
  const test::SilentPort port;
  EXPECT_THAT(RunShell(port.address(), "mailtrail event list --since yesterday").errors,
              HasSubstr("--since: 'yesterday' is no time; write RFC 3339"));
  EXPECT_EQ(
      RunShell(port.address(), "mailtrail event list --since 2026-11-24 --until 2026-11-23").errors,
      "mailtrail: --until must be after --since\n");
}

}  // namespace
}  // namespace mailtrail
