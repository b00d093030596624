// Bad input gets a clear error, a reason in the log and in a metric, and nothing is stored or
// fetched.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/app_under_test.h"
#include "tests/support/event_builder.h"
#include "tests/support/status_matchers.h"

namespace mailtrail {
namespace {

using test::SignedFields;
using test::SnsFields;
using test::SnsPush;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct BadPush {
  std::string what;
  std::string body;
  int status;
  std::string reason;
};

std::vector<BadPush> BadPushes(const test::SnsSigner& signer) {
  const SnsPush good{.message = test::EventBuilder("Send").Text()};
  const std::string text = SignedFields(signer, good).Render();
  SnsFields forged = SignedFields(signer, good);
  forged.Set("Message", test::Quote(test::EventBuilder("Bounce").Text()));
  SnsFields doubled = SignedFields(signer, good);
  doubled.Add("TopicArn", test::Quote(test::kTestTopic));
  SnsFields foreign_host = SignedFields(signer, good);
  foreign_host.Set(
      "SigningCertURL",
      test::Quote("https://sns.us-east-1.amazonaws.com.evil.example/" + signer.file_name()));
  std::string broken_utf8 = text;
  broken_utf8.insert(broken_utf8.find("Amazon SES"), "\xC3\x28");
  return {
      {"empty", "", 400, "not_json"},
      {"no JSON", "hello", 400, "not_json"},
      {"a list", "[]", 400, "not_object"},
      {"deep", std::string(100'000, '[') + std::string(100'000, ']'), 400, "too_deep"},
      {"duplicate key", doubled.Render(), 400, "duplicate_member"},
      {"broken UTF-8", broken_utf8, 400, "not_json"},
      {"trailing bytes", text + "x", 400, "not_json"},
      {"forged", forged.Render(), 403, "signature_mismatch"},
      {"certificate of another host", foreign_host.Render(), 403, "certificate_url"},
      {"foreign account",
       SignedFields(signer, {.topic_arn = "arn:aws:sns:us-east-1:999999999999:ses-events"})
           .Render(),
       403, "foreign_account"},
      {"unlisted topic",
       SignedFields(signer, {.topic_arn = "arn:aws:sns:us-east-1:123456789012:other"}).Render(),
       503, "unlisted_topic"},
      {"too large", std::string((1 << 20) + 1, 'x'), 413, ""},
  };
}

TEST(BadInput, IsRefusedWithTheDesignsStatusAndAReason) {
  test::AppUnderTest app;
  for (const BadPush& bad : BadPushes(app.signer())) {
    SCOPED_TRACE(bad.what);
    const test::HttpAnswer answer = app.Post(bad.body);
    EXPECT_EQ(answer.status, bad.status) << answer.body;
    EXPECT_THAT(answer.body, HasSubstr(bad.reason));
    EXPECT_THAT(app.Get("/metrics").body, HasSubstr(bad.reason));
    if (!bad.reason.empty()) EXPECT_THAT(app.logger().Lines(), Contains(HasSubstr(bad.reason)));
  }
  const auto events = app.Client().ListEvents({});
  ASSERT_OK(events.status());
  EXPECT_THAT(events->events(), SizeIs(0)) << "nothing is stored";
  EXPECT_THAT(app.fetcher().urls(), SizeIs(0)) << "nothing is fetched";
}

TEST(BadInput, NeverShowsUpInTheLogWithAnAddress) {
  test::AppUnderTest app;
  const std::string text = test::EventBuilder("Bounce").To({"secret.person@example.com"}).Text();
  ASSERT_EQ(app.PostEvent(text), 200);
  ASSERT_EQ(app.PostEvent("{\"broken\":\"secret.person@example.com\""), 200);
  (void)app.Post(text);
  for (const std::string& line : app.logger().Lines()) {
    EXPECT_THAT(line, testing::Not(HasSubstr("secret.person"))) << line;
  }
}

TEST(BadInput, LeavesOtherPathsAndMethodsAlone) {
  test::AppUnderTest app;
  EXPECT_EQ(app.Get("/livez").status, 200);
  EXPECT_EQ(app.Get("/readyz").status, 200);
  EXPECT_EQ(app.Get("/v1/sns").status, 404) << "pushes come in at their own port only";
}

}  // namespace
}  // namespace mailtrail
