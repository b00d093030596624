#include "server/config/config_file.h"

#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/config/limits.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::server::config {
namespace {

using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kArn = "arn:aws:sns:eu-west-1:123456789012:ses-*";

class ConfigFile : public testing::Test {
 protected:
  std::filesystem::path Write(const std::string& text) {
    const auto path = folder_.path() / "mailtrail.json";
    std::ofstream(path) << text;
    return path;
  }
  absl::StatusOr<std::vector<ingest::sns::SourceConfig>> Sources(const std::string& text) {
    Config config;
    config.config_file = Write(text);
    return ReadSources(config);
  }

  test::TempDir folder_;
};

TEST_F(ConfigFile, HoldsFlagsAndSources) {
  const auto file = Write(R"({"http-listen": ":80", "indexed-header": ["X-A", "X-B"],
                              "http-threads": 4, "require-known-issuer": true, "sources": []})");
  MT_ASSERT_OK_AND_ASSIGN(const FileFlags flags, ReadFlags(file));
  EXPECT_EQ(flags, (FileFlags{{"http-listen", {":80"}},
                              {"indexed-header", {"X-A", "X-B"}},
                              {"http-threads", {"4"}},
                              {"require-known-issuer", {"true"}}}));
}

TEST_F(ConfigFile, NamesSources) {
  MT_ASSERT_OK_AND_ASSIGN(
      const auto sources,
      Sources(R"({"sources": [{"name": "prod-eu", "confirm_subscriptions": false,
                  "topics": ["arn:aws:sns:eu-west-1:123456789012:ses-*"]}]})"));
  ASSERT_EQ(sources.size(), 1);
  EXPECT_EQ(sources[0].name, "prod-eu");
  EXPECT_THAT(sources[0].topics, ElementsAre(kArn));
  EXPECT_FALSE(sources[0].confirm_subscriptions);
}

TEST_F(ConfigFile, AddsTheTopicsOfFlags) {
  Config config;
  config.topic_patterns = {kArn};
  config.confirm_subscriptions = false;
  MT_ASSERT_OK_AND_ASSIGN(const auto sources, ReadSources(config));
  ASSERT_EQ(sources.size(), 1);
  EXPECT_EQ(sources[0].name, "123456789012-eu-west-1");
  EXPECT_FALSE(sources[0].confirm_subscriptions);
}

TEST_F(ConfigFile, RefusesWhatItCannotUnderstandInOneSentence) {
  struct Row {
    const char* text;
    const char* why;
  };
  const Row rows[] = {
      {"{", "no valid JSON"},
      {"[]", "one JSON object"},
      {R"({"sources": {}})", "must be a list"},
      {R"({"sources": [1]})", "must be an object"},
      {R"({"sources": [{"name": 1}]})", "\"name\""},
      {R"({"sources": [{"nmae": "x"}]})", "\"nmae\" is none of them"},
      {R"({"sources": [{"topics": [[]]}]})", "must be a text"},
      {R"({"sources": []})", "--topic-arn"},
      {R"({})", "--topic-arn"},
  };
  for (const Row& row : rows) {
    EXPECT_THAT(Sources(row.text), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(row.why)))
        << row.text;
  }
  EXPECT_THAT(ReadFlags(folder_.path() / "absent.json"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("cannot be read")));
  EXPECT_THAT(ReadFlags(Write(R"({"http-listen": {}})")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("must be a text")));
}

TEST_F(ConfigFile, IsBounded) {
  EXPECT_THAT(ReadFlags(Write(std::string(kConfigFileBytesMax + 1, ' '))),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("larger than")));
  std::string many = R"({"sources": [)";
  for (std::size_t i = 0; i < kSourcesMax; ++i) many += "{},";
  EXPECT_THAT(Sources(many + "{}]}"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("more than 1000 sources")));
}

}  // namespace
}  // namespace mailtrail::server::config
