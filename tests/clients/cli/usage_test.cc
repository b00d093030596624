#include <string>
#include <vector>

#include "clients/cli/app.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace mailtrail::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Answer {
  int code = 0;
  std::string out;
  std::string err;
};

Answer RunWith(const std::vector<const char*>& words) {
  std::vector<const char*> argv = {"mailtrail"};
  argv.insert(argv.end(), words.begin(), words.end());
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Answer answer;
  answer.code = Run(static_cast<int>(argv.size()), argv.data());
  answer.out = testing::internal::GetCapturedStdout();
  answer.err = testing::internal::GetCapturedStderr();
  return answer;
}

void ExpectMistake(const std::vector<const char*>& words, const std::string& sentence) {
  const Answer answer = RunWith(words);
  EXPECT_EQ(answer.code, 2) << testing::PrintToString(words);
  EXPECT_EQ(answer.err, "mailtrail: " + sentence + "\n") << testing::PrintToString(words);
  EXPECT_THAT(answer.out, IsEmpty());
}

TEST(Usage, NamesTheCommandThatIsNone) {
  ExpectMistake({"event", "lst"},
                "'lst' is no command of 'mailtrail event', which has get, list, watch; see "
                "'mailtrail event --help'");
  ExpectMistake({"evnt", "list"},
                "'evnt' is no command of 'mailtrail', which has message, event, source, demo; see "
                "'mailtrail --help'");
  ExpectMistake({"event", "lst", "--type", "bounce"},
                "'lst' is no command of 'mailtrail event', which has get, list, watch; see "
                "'mailtrail event --help'");
}

TEST(Usage, SaysWhichCommandIsMissing) {
  ExpectMistake({},
                "'mailtrail' needs a command: message, event, source, demo; see 'mailtrail "
                "--help'");
  ExpectMistake({"source"},
                "'mailtrail source' needs a command: list; see 'mailtrail source --help'");
}

TEST(Usage, NamesTheFlagThatIsNone) {
  ExpectMistake({"event", "list", "--recipent", "ann@example.com"},
                "'--recipent' is no flag of 'mailtrail event list'; see 'mailtrail event list "
                "--help'");
  ExpectMistake(
      {"--sever", "localhost:1", "event", "list"},
      "'--sever' is no flag of 'mailtrail event list'; see 'mailtrail event list --help'");
  ExpectMistake(
      {"message", "get", "--vew"},
      "'--vew' is no flag of 'mailtrail message get'; see 'mailtrail message get --help'");
}

TEST(Usage, NamesTheWordTooMuch) {
  ExpectMistake({"message", "get", "a", "b"},
                "'mailtrail message get' does not take the word 'b'; see 'mailtrail message get "
                "--help'");
}

TEST(Usage, NamesTheFlagWhoseValueIsMissingOrWrong) {
  for (const auto& [words, part] : std::vector<std::pair<std::vector<const char*>, std::string>>{
           {{"event", "list", "--limit"}, "--limit"},
           {{"event", "list", "--limit", "many"}, "--limit"},
           {{"event", "list", "--limit", "0"}, "--limit"},
           {{"event", "list", "--order", "random"}, "--order"},
           {{"event", "get", "x", "--view", "everything"}, "--view"},
           {{"--output", "xml", "source", "list"}, "--output"},
           {{"message", "get"}, "id"},
           {{"demo"}, "--signing-cert-dir"}}) {
    const Answer answer = RunWith(words);
    EXPECT_EQ(answer.code, 2) << testing::PrintToString(words);
    EXPECT_THAT(answer.err, HasSubstr(part));
    EXPECT_EQ(answer.err.find('\n'), answer.err.size() - 1) << "one sentence: " << answer.err;
  }
}

TEST(Usage, EscapesWhatItQuotes) {
  ExpectMistake({"ev\x1b[2Jnt"},
                "'ev\\x1B[2Jnt' is no command of 'mailtrail', which has message, event, source, "
                "demo; see 'mailtrail --help'");
}

TEST(Usage, HelpAndVersionGoToStandardOutputAndAreNoMistake) {
  for (const auto& words : std::vector<std::vector<const char*>>{
           {"--help"}, {"--version"}, {"event", "--help"}, {"event", "list", "--help"}}) {
    const Answer answer = RunWith(words);
    EXPECT_EQ(answer.code, 0);
    EXPECT_THAT(answer.out, HasSubstr("mailtrail"));
    EXPECT_THAT(answer.err, IsEmpty());
  }
  EXPECT_THAT(RunWith({"--help"}).out, HasSubstr("Exit codes:"));
}

}  // namespace
}  // namespace mailtrail::cli
