// Every message that AWS really signed, over HTTP, through the whole server: accepted or refused as
// expected.json says, each refusal with the status that the design gives it.

#include <filesystem>
#include <map>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "storage/base/text.h"
#include "tests/integration/app_under_test.h"

namespace mailtrail {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

const std::filesystem::path kFolder =
    std::filesystem::path(MAILTRAIL_SOURCE_DIR) / "tests/ingest/sns/signed";

// What a refused file is answered, and the reason behind it. 503 is for what hangs on our rules:
// the 2012 messages are genuine, but their key is too short for us.
const std::map<std::string, std::pair<int, std::string>> kRefusals = {
    {"messages/ruby-2012-notification-json-message-launch-v1-rsa1024.json",
     {503, "certificate_key"}},
    {"messages/ruby-2012-notification-valid-v1-rsa1024.json", {503, "certificate_key"}},
    {"messages/ruby-2012-subscription-confirmation-v1-rsa1024.json", {503, "certificate_key"}},
    {"negative/derived-boundary-shift-messageid-swallows-subject.json", {400, "field_form"}},
    {"negative/ruby-2012-bad-signature.json", {400, "field_form"}},
    {"negative/ruby-2012-non-aws-cert-host.json", {403, "certificate_url"}},
    // Spelt as Lambda spells them, which SNS never posts: genuine to the verifier, malformed here.
    {"messages/php-validator-lambda-3-v1-nullsubject.json", {400, "missing_field"}},
    {"messages/php-validator-lambda-6-v2-subject.json", {400, "missing_field"}},
};

TEST(SignedFixtures, AreAnsweredAsTheDesignSays) {
  const auto expected = nlohmann::json::parse(test::ReadFile(kFolder / "expected.json"));
  ASSERT_THAT(expected, SizeIs(18));
  for (const auto& [file, facts] : expected.items()) {
    SCOPED_TRACE(file);
    const std::string body = test::ReadFile(kFolder / file);
    test::AppUnderTest app({.topics = {facts["topic_arn"]},
                            .now = *ParseTime(facts["verify_at"].get<std::string>()),
                            .store = nullptr,
                            .data_dir = std::nullopt});
    const auto parsed = nlohmann::json::parse(body);
    const std::string url = parsed.value("SigningCertURL", "");
    const std::string certificate = facts["cert"];
    app.fetcher().Answer(url, test::ReadFile(kFolder / certificate));
    // A confirmation is asked for at the topic's own region, never at the body's URL.
    const std::string arn = facts["topic_arn"];
    const std::string region = arn.substr(12, arn.find(':', 12) - 12);
    const std::string confirmation =
        Cat("https://sns.", region, ".amazonaws.com/?Action=ConfirmSubscription&TopicArn=", arn,
            "&Token=", parsed.value("Token", ""));
    app.fetcher().Answer(confirmation, std::string("<ConfirmSubscriptionResponse/>"));

    const test::HttpAnswer answer = app.Post(body, facts["type"].get<std::string>());

    const auto refusal = kRefusals.find(file);
    if (refusal == kRefusals.end()) {
      EXPECT_TRUE(facts["must_accept"]) << "a refusal that the table does not have";
      EXPECT_EQ(answer.status, 200) << answer.body;
    } else {
      EXPECT_EQ(answer.status, refusal->second.first) << answer.body;
      EXPECT_THAT(answer.body, HasSubstr(refusal->second.second));
      EXPECT_THAT(app.Get("/metrics").body, HasSubstr(refusal->second.second));
      if (answer.status != 503) EXPECT_THAT(app.fetcher().urls(), SizeIs(0)) << "before any fetch";
    }
  }
}

TEST(SignedFixtures, ConfirmASubscriptionByTheTokenAndRecordIt) {
  const auto expected = nlohmann::json::parse(test::ReadFile(kFolder / "expected.json"));
  const std::string file = "messages/javav2-subscription-confirmation-v1.json";
  const std::string body = test::ReadFile(kFolder / file);
  const auto parsed = nlohmann::json::parse(body);
  const std::string arn = parsed["TopicArn"];
  test::AppUnderTest app({.topics = {arn},
                          .now = *ParseTime(expected[file]["verify_at"].get<std::string>()),
                          .store = nullptr,
                          .data_dir = std::nullopt});
  app.fetcher().Answer(parsed["SigningCertURL"],
                       test::ReadFile(kFolder / expected[file]["cert"].get<std::string>()));
  // SNS does not answer: the push must come again.
  EXPECT_EQ(app.Post(body, "SubscriptionConfirmation").status, 503);
  const std::string url =
      Cat("https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&TopicArn=", arn,
          "&Token=", parsed["Token"].get<std::string>());
  EXPECT_EQ(app.fetcher().urls().back(), url);
  app.fetcher().Answer(url, std::string("<ConfirmSubscriptionResponse/>"));
  EXPECT_EQ(app.Post(body, "SubscriptionConfirmation").status, 200);
  const auto sources = app.Client().ListSources();
  ASSERT_TRUE(sources.ok()) << sources.status();
  ASSERT_THAT(sources->sources(), SizeIs(1));
  ASSERT_THAT(sources->sources(0).topics(), SizeIs(1));
  EXPECT_EQ(sources->sources(0).topics(0).arn(), arn);
  EXPECT_EQ(sources->sources(0).topics(0).subscription(), admin::v1::Topic::SUBSCRIPTION_CONFIRMED);
}

}  // namespace
}  // namespace mailtrail
