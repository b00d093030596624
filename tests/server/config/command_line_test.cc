#include "server/config/command_line.h"

#include <cstdlib>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::server::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Command Parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "mailtrail-server");
  return ParseCommandLine(static_cast<int>(arguments.size()), arguments.data());
}

Config ParseConfig(const std::vector<const char*>& arguments) {
  Command command = Parse(arguments);
  if (const auto* exit = std::get_if<Exit>(&command)) ADD_FAILURE() << exit->text;
  const auto* serve = std::get_if<Serve>(&command);
  return serve != nullptr ? serve->config : Config{};
}

std::string Refusal(const std::vector<const char*>& arguments) {
  Command command = Parse(arguments);
  const auto* exit = std::get_if<Exit>(&command);
  if (exit == nullptr || exit->code != 2) return "was accepted";
  return exit->text;
}

// An environment variable for a scope. Tests of one binary run one after the other.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
  ~Environment() { unsetenv(name_); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
};

TEST(CommandLine, FillsInDefaults) {
  const Config config = ParseConfig({"--data-dir", "d"});
  EXPECT_EQ(config.data_dir, "d");
  EXPECT_EQ(config.key_file, "d/key");
  EXPECT_EQ(config.push_listener.listen, "127.0.0.1:8025");
  EXPECT_EQ(config.grpc_listen, "127.0.0.1:8026");
  EXPECT_EQ(config.metrics_listener.listen, "127.0.0.1:8027");
  EXPECT_EQ(config.push_listener.idle_ms, 75'000);
  EXPECT_EQ(config.drain_ms, 20'000);
  EXPECT_TRUE(config.confirm_subscriptions);
  EXPECT_FALSE(config.signing_cert_dir.has_value());
}

TEST(CommandLine, TakesRepeatedFlags) {
  const Config config = ParseConfig(
      {"--data-dir=d", "--topic-arn", "a", "--topic-arn=b", "--indexed-header", "X-Order-Id"});
  EXPECT_THAT(config.topic_patterns, ElementsAre("a", "b"));
  EXPECT_THAT(config.indexed_headers, ElementsAre("X-Order-Id"));
}

TEST(CommandLine, PrefersFlagsToTheEnvironmentAndTheEnvironmentToTheFile) {
  const test::TempDir folder;
  const std::string file = (folder.path() / "c.json").string();
  std::ofstream(file) << R"({"data-dir": "file", "drain": "3s", "log-level": "error",
                             "topic-arn": ["x", "y"]})";
  const Environment drain("MAILTRAIL_DRAIN", "2s");
  const Environment level("MAILTRAIL_LOG_LEVEL", "debug");
  const Config config = ParseConfig({"--config", file.c_str(), "--drain", "1s"});
  EXPECT_EQ(config.data_dir, "file");
  EXPECT_EQ(config.drain_ms, 1'000);
  EXPECT_EQ(config.log_level, LogLevel::kDebug);
  EXPECT_THAT(config.topic_patterns, ElementsAre("x", "y"));
}

TEST(CommandLine, SaysInOneSentenceWhatIsWrong) {
  EXPECT_THAT(Refusal({}), HasSubstr("--data-dir is required"));
  EXPECT_THAT(Refusal({"--data-dir", "d", "--htp-listen", "x"}), HasSubstr("--htp-listen"));
  EXPECT_THAT(Refusal({"--data-dir", "d", "--http-threads", "0"}), HasSubstr("--http-threads"));
  EXPECT_THAT(Refusal({"--data-dir", "d", "--http-idle", "75"}), HasSubstr("--http-idle: '75'"));
  EXPECT_THAT(Refusal({"--data-dir", "d", "--cache-size", "1KiB"}),
              HasSubstr("--cache-size: must be at least"));
  EXPECT_THAT(Refusal({"--data-dir", "d", "--drain", "1h"}), HasSubstr("--drain: at most 10m"));
  EXPECT_THAT(Refusal({"--data-dir", "d", "--log-level", "loud"}),
              HasSubstr("--log-level: 'loud'"));
  EXPECT_THAT(Refusal({"--data-dir", "d", "--config", "/absent"}), HasSubstr("/absent"));
  EXPECT_THAT(Refusal({"--data-dir", "d", "surplus"}), HasSubstr("surplus"));
}

TEST(CommandLine, RefusesAnUnknownMemberOfTheFile) {
  const test::TempDir folder;
  const std::string file = (folder.path() / "c.json").string();
  std::ofstream(file) << R"({"data-dri": "d"})";
  EXPECT_THAT(Refusal({"--data-dir", "d", "--config", file.c_str()}),
              HasSubstr("\"data-dri\" is no flag"));
}

TEST(CommandLine, KnowsCheckHelpAndVersion) {
  const Command check = Parse({"check", "--data-dir", "d"});
  ASSERT_TRUE(std::holds_alternative<Check>(check));
  EXPECT_EQ(std::get<Check>(check).key_file, "d/key");
  const Command help = Parse({"--help"});
  ASSERT_TRUE(std::holds_alternative<Exit>(help));
  EXPECT_EQ(std::get<Exit>(help).code, 0);
  EXPECT_THAT(std::get<Exit>(help).text, HasSubstr("--topic-arn"));
  EXPECT_THAT(std::get<Exit>(help).text, HasSubstr("MAILTRAIL_HTTP_LISTEN"));
  EXPECT_EQ(std::get<Exit>(Parse({"--version"})).code, 0);
}

}  // namespace
}  // namespace mailtrail::server::config
