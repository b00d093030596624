// Pipes, exit codes and signals: what is on standard output is data, a reader may leave, and a
// failure stays one.

#include <csignal>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "storage/base/text.h"
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
using test::Shell;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Pipes : public testing::Test {
 protected:
  void Post(int from, int to) {
    for (int i = from; i < to; ++i) {
      ASSERT_EQ(app_.PostEvent(EventBuilder("Send").MessageId(Id(i)).Text()), 200);
    }
  }
  static std::string Id(int i) {
    return SesMessageId(test::kSentMs, static_cast<std::uint64_t>(i));
  }
  [[nodiscard]] std::string Server() { return Cat("127.0.0.1:", app_.app().ports().grpc); }
  Finished Run(const std::string& script) { return RunShell(Server(), script); }

  test::AppUnderTest app_;
};

TEST_F(Pipes, AListWhoseReaderLeavesEndsQuietly) {
  Post(0, 300);
  // The reader is known to have left before most is written: the pipe holds 64 KiB.
  for (const char* output : {"json", "table"}) {
    const Finished list = Run(Cat("mailtrail --output ", output,
                                  " event list --limit 300 | head -n1; echo \"${PIPESTATUS[@]}\""));
    ASSERT_THAT(list.lines, SizeIs(2)) << output;
    EXPECT_EQ(list.lines[1], "0 0") << output;
    EXPECT_EQ(list.errors, "") << output;
  }
}

TEST_F(Pipes, AWatchedEventPassesAPipeAtOnceAndItsReaderMayLeave) {
  Post(0, 1);
  // Nothing comes behind the one event: it must not wait in a buffer, nor the watch for another.
  const Finished watch = Run(
      "mailtrail --output json event watch --from oldest | head -n1; echo \"${PIPESTATUS[@]}\"");
  ASSERT_THAT(watch.lines, SizeIs(2));
  EXPECT_EQ(json::parse(watch.lines[0])["messageId"], Id(0));
  EXPECT_EQ(watch.lines[1], "0 0");
  EXPECT_EQ(watch.errors, "");
}

TEST_F(Pipes, EachLineOfAWatchComesWhenItsEventCame) {
  for (const char* output : {"json", "table"}) {
    // A reader that passes on what it has, and leaves after the third line.
    Shell watch(Server(), Cat("timeout 60 mailtrail --output ", output,
                              " event watch --from oldest | for i in 1 2 3; do IFS= read -r line; "
                              "printf '%s\\n' \"$line\"; done"));
    for (int i = 0; i < 3; ++i) {
      Post(i, i + 1);  // The second time a repetition, which the watch has from the history.
      const auto line = watch.process().ReadLine();
      ASSERT_TRUE(line) << output;
      EXPECT_THAT(*line, HasSubstr(Id(i))) << output;
    }
  }
}

TEST_F(Pipes, AFailureStaysOneThoughTheReaderIsGone) {
  const Finished get = Run(
      "mailtrail --output json message get nope | true; echo \"${PIPESTATUS[@]}\"\n"
      "mailtrail --output json message get 'not an id' | true; echo \"${PIPESTATUS[@]}\"\n"
      "mailtrail --output json event get nope-aaaaaaaaaaaaaaaa | true; echo \"${PIPESTATUS[@]}\"\n"
      "mailtrail --output json event watch --from no-cursor | cat; echo \"${PIPESTATUS[@]}\"\n");
  EXPECT_THAT(get.lines, ElementsAre("3 0", "1 0", "3 0", "1 0"));
  EXPECT_THAT(get.errors, HasSubstr("(MESSAGE_NOT_FOUND)"));
  EXPECT_THAT(get.errors, HasSubstr("(FIELD_INVALID)"));
  EXPECT_THAT(get.errors, HasSubstr("(EVENT_NOT_FOUND)"));
  EXPECT_THAT(get.errors, HasSubstr("(CURSOR_MALFORMED)"));
}

TEST_F(Pipes, AnErrorIsOneLineOnStandardErrorAndNothingOnStandardOutput) {
  for (const char* output : {"json", "table"}) {
    const Finished get = Run(Cat("mailtrail --output ", output, " message get nope"));
    EXPECT_EQ(get.code, 3);
    EXPECT_THAT(get.lines, IsEmpty());
    EXPECT_EQ(get.errors.find('\n'), get.errors.size() - 1) << get.errors;
  }
}

TEST_F(Pipes, NoServerHasACodeOfItsOwn) {
  const std::string nobody = [] {
    const test::SilentPort port;
    return port.address();
  }();
  const Finished list = RunShell(nobody, "mailtrail event list");
  EXPECT_EQ(list.code, 4);
  EXPECT_THAT(list.lines, IsEmpty());
  EXPECT_THAT(list.errors, HasSubstr("mailtrail: "));
}

TEST_F(Pipes, ASignalEndsAWatchWithTheCursorToGoOnFrom) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const int base = signal * 10;
    Post(base, base + 2);
    Shell watch(Server(),
                Cat("exec mailtrail --output json event watch --from oldest --message-id ",
                    Id(base), " --message-id ", Id(base + 1), " --message-id ", Id(base + 2)));
    ASSERT_TRUE(watch.process().ReadLine());
    ASSERT_TRUE(watch.process().ReadLine());
    watch.process().Signal(signal);
    EXPECT_EQ(watch.process().Wait(), 0);
    const std::string errors = watch.Errors();
    constexpr std::string_view kNotice = "mailtrail: stopped at cursor ";
    ASSERT_TRUE(errors.starts_with(kNotice)) << errors;
    const std::string cursor = errors.substr(kNotice.size(), errors.size() - kNotice.size() - 1);
    Post(base + 2, base + 3);
    const Finished rest =
        Run(Cat("mailtrail --output json event watch --stop-at-head --from ", cursor));
    EXPECT_EQ(rest.code, 0);
    ASSERT_THAT(rest.lines, SizeIs(1)) << "no gap, no repetition";
    EXPECT_EQ(json::parse(rest.lines[0])["messageId"], Id(base + 2));
  }
}

TEST_F(Pipes, AListThatWasCutSaysSoOnStandardError) {
  Post(0, 3);
  const Finished cut = Run("mailtrail --output json event list --limit 2");
  EXPECT_EQ(cut.code, 0);
  EXPECT_THAT(cut.lines, SizeIs(2));
  EXPECT_EQ(cut.errors, "mailtrail: cut after 2 events; --limit N shows more\n");
  const Finished whole = Run("mailtrail --output json event list --limit 3");
  EXPECT_THAT(whole.lines, SizeIs(3));
  EXPECT_EQ(whole.errors, "");
}

TEST_F(Pipes, AnExportGivesPlainLinesThatPythonReads) {
  Post(0, 20);
  const Finished ids = Run(
      "mailtrail --output json event watch --from oldest --stop-at-head 2>/dev/null | python3 -c '"
      "import json, sys\n"
      "for line in sys.stdin: print(json.loads(line)[\"messageId\"])'; echo \"${PIPESTATUS[@]}\"");
  ASSERT_THAT(ids.lines, SizeIs(21));
  for (int i = 0; i < 20; ++i) EXPECT_EQ(ids.lines[static_cast<std::size_t>(i)], Id(i));
  EXPECT_EQ(ids.lines.back(), "0 0");
}

}  // namespace
}  // namespace mailtrail
