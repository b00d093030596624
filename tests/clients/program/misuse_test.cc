// What the program says to a mistake, and in its help.

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "tests/clients/program/shell.h"

namespace mailtrail {
namespace {

using test::Finished;
using test::RunShell;
using test::SilentPort;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Misuse, IsNamedInOneSentenceAndNothingIsSent) {
  const SilentPort port;
  for (const auto& [words, named] : std::vector<std::pair<std::string, std::string>>{
           {"event lst", "'lst' is no command of 'mailtrail event'"},
           {"evnt list", "'evnt' is no command of 'mailtrail'"},
           {"event", "'mailtrail event' needs a command"},
           {"event list --recipent ann@example.com", "'--recipent' is no flag"},
           {"event watch --form=sns", "--form: 'sns' is none of"},
           {"event list --type bonce", "--type: 'bonce' is none of"},
           {"event list --tag campaign", "--tag: 'campaign' must be name=value"},
           {"event list --limit 0", "--limit"},
           {"message get", "id"},
           {"message get a b", "'b'"},
           {"--output yaml source list", "--output"}}) {
    const Finished result = RunShell(port.address(), "mailtrail " + words);
    EXPECT_EQ(result.code, 2) << words;
    EXPECT_THAT(result.lines, IsEmpty()) << words;
    EXPECT_THAT(result.errors, HasSubstr(named)) << words;
    EXPECT_TRUE(result.errors.starts_with("mailtrail: ")) << result.errors;
    EXPECT_EQ(result.errors.find('\n'), result.errors.size() - 1) << result.errors;
    EXPECT_FALSE(port.WasCalled()) << words;
  }
}

std::string HelpOf(const std::string& words) {
  const Finished result = RunShell("127.0.0.1:1", Cat("mailtrail ", words, " --help"));
  EXPECT_EQ(result.code, 0) << words;
  EXPECT_EQ(result.errors, "") << words;
  // As one text, however it is broken into lines.
  std::string text;
  for (const std::string& line : result.lines) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin != std::string::npos) text += Cat(text.empty() ? "" : " ", line.substr(begin));
  }
  return text;
}

TEST(Help, OfEachVerbWithTimesSaysTheirFormAndZone) {
  for (const char* verb : {"event list", "event watch"}) {
    EXPECT_THAT(HelpOf(verb), AllOf(HasSubstr("RFC 3339"), HasSubstr("time without a zone is UTC")))
        << verb;
  }
}

TEST(Help, OfAListSaysItsOrder) {
  EXPECT_THAT(HelpOf("event list"),
              HasSubstr("in the order in which they became known to the server"));
}

TEST(Help, OfTheProgramSaysWhatScriptsNeed) {
  EXPECT_THAT(HelpOf(""), AllOf(HasSubstr("Exit codes"), HasSubstr("64-bit counts are texts"),
                                HasSubstr("Times without a zone are UTC"), HasSubstr("stderr")));
}

TEST(Help, IsThereForEveryVerb) {
  for (const char* verb : {"message get", "event get", "source list", "demo"}) {
    EXPECT_THAT(HelpOf(verb), HasSubstr("--help")) << verb;
  }
}

}  // namespace
}  // namespace mailtrail
