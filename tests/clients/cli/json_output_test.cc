#include <string>

#include "clients/cli/output.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "mailtrail/admin/v1/source_service.pb.h"
#include "mailtrail/v1/event.pb.h"
#include "mailtrail/v1/message.pb.h"
#include "nlohmann/json.hpp"
#include "tests/support/json_shape.h"

namespace mailtrail::cli {
namespace {

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// What the message is printed as, which must be one line.
nlohmann::json JsonOf(const google::protobuf::Message& message) {
  testing::internal::CaptureStdout();
  EXPECT_TRUE(Output(Format::kJson).Json(message));
  const std::string out = testing::internal::GetCapturedStdout();
  EXPECT_EQ(out.find('\n'), out.size() - 1) << out;
  return nlohmann::json::parse(out);
}

TEST(JsonOutput, PrintsPlainFieldsAlwaysAndOptionalOnesIfTheyAreThere) {
  for (const char* text :
       {"", "mail {headers_truncated: false} delivery {processing_time_ms: 0}",
        "mail {common_headers {subject: ''}} bounce {recipients {action: '' verdict {}}}",
        "open {}", "click {bot: BOT_LIKELY link_tags {name: 'a' values: 'b'}}",
        "complaint {complaint_sub_type: ''}", "subscription {new_preferences {topics {}}}",
        "delivery {since_sent {seconds: 1}} origin {} event_time {seconds: 1} raw: 'x'"}) {
    const auto event = Parse<v1::Event>(text);
    SCOPED_TRACE(text);
    test::ExpectShape(event, JsonOf(event));
  }
  const auto message = Parse<v1::MailMessage>("summary {} engagement {} recipients {} events {}");
  test::ExpectShape(message, JsonOf(message));
  const auto source = Parse<admin::v1::Source>("topics {} refusals {}");
  test::ExpectShape(source, JsonOf(source));
}

TEST(JsonOutput, TellsFalseFromNotSaid) {
  EXPECT_EQ(JsonOf(Parse<v1::Event>("mail {headers_truncated: false}"))["mail"]["headersTruncated"],
            false);
  EXPECT_FALSE(JsonOf(Parse<v1::Event>("mail {}"))["mail"].contains("headersTruncated"));
  EXPECT_EQ(
      JsonOf(Parse<v1::Event>("delivery {processing_time_ms: 0}"))["delivery"]["processingTimeMs"],
      0);
  EXPECT_FALSE(JsonOf(Parse<v1::Event>("delivery {}"))["delivery"].contains("processingTimeMs"));
}

TEST(JsonOutput, TellsARobotThatSesDidNotJudgeFromAnUnlikelyOne) {
  EXPECT_EQ(JsonOf(Parse<v1::Event>("open {}"))["open"]["bot"], "BOT_UNSPECIFIED");
  EXPECT_EQ(JsonOf(Parse<v1::Event>("open {bot: BOT_UNLIKELY}"))["open"]["bot"], "BOT_UNLIKELY");
}

TEST(JsonOutput, PrintsCountsOfSixtyFourBitsAsTexts) {
  const auto message = Parse<v1::MailMessage>("engagement {opens: 9007199254740993}");
  EXPECT_EQ(JsonOf(message)["engagement"]["opens"], "9007199254740993");
  EXPECT_EQ(JsonOf(message)["engagement"]["clicks"], "0");
}

TEST(JsonOutput, PrintsTimesInUtcAndTextsAsTheyAre) {
  const auto event = Parse<v1::Event>(
      "event_time {seconds: 1795168800 nanos: 123000000} open {user_agent: 'a\\nb\\\\\"c'}");
  EXPECT_EQ(JsonOf(event)["eventTime"], "2026-11-20T10:00:00.123Z");
  EXPECT_EQ(JsonOf(event)["open"]["userAgent"], "a\nb\\\"c");
}

}  // namespace
}  // namespace mailtrail::cli
