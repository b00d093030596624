// JSON as scripts read it: zeros do not vanish, what SES did not say is not there, and no number
// is rounded.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "storage/base/text.h"
#include "tests/clients/program/shell.h"
#include "tests/integration/app_under_test.h"
#include "tests/support/event_builder.h"
#include "tests/support/json_shape.h"
#include "tests/support/status_matchers.h"

namespace mailtrail {
namespace {

using nlohmann::json;
using test::EventBuilder;
using test::Finished;
using test::RunShell;
using test::SesMessageId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Every message has one event but the third, which has an open with and one without a judgement.
class JsonOfThePrograms : public testing::Test {
 protected:
  JsonOfThePrograms() {
    Post(EventBuilder("Send").MessageId(Id(1)).Mail("headersTruncated", false));
    Post(EventBuilder("Send").MessageId(Id(2)).Without("headersTruncated"));
    Post(EventBuilder("Delivery").MessageId(Id(3)).Detail("processingTimeMillis", 0));
    Post(EventBuilder("Delivery").MessageId(Id(4)).Without("processingTimeMillis"));
    Post(EventBuilder("Open").MessageId(Id(5)).Without("isBotEvent"));
    Post(EventBuilder("Open").MessageId(Id(6)).Detail("isBotEvent", "Unlikely"));
  }
  void Post(EventBuilder& event) { EXPECT_EQ(app_.PostEvent(event.Text()), 200); }
  static std::string Id(std::uint64_t i) { return SesMessageId(test::kSentMs, i); }
  Finished Run(const std::string& script) {
    return RunShell(Cat("127.0.0.1:", app_.app().ports().grpc), script);
  }
  // What a Python script prints of the event `e` of a message.
  std::vector<std::string> PythonOf(std::uint64_t i, const std::string& expression) {
    const Finished result = Run(Cat("mailtrail --output json event list --message-id ", Id(i),
                                    " | python3 -c 'import json, sys\n"
                                    "e = json.load(sys.stdin)\n"
                                    "print(",
                                    expression, ")'"));
    EXPECT_EQ(result.errors, "");
    return result.lines;
  }

  test::AppUnderTest app_;
};

TEST_F(JsonOfThePrograms, TellsFalseAndZeroFromNotSaid) {
  EXPECT_THAT(PythonOf(1, R"py(e["mail"]["headersTruncated"])py"), ElementsAre("False"));
  EXPECT_THAT(PythonOf(2, R"py("headersTruncated" in e["mail"])py"), ElementsAre("False"));
  EXPECT_THAT(PythonOf(3, R"py(e["delivery"]["processingTimeMs"])py"), ElementsAre("0"));
  EXPECT_THAT(PythonOf(4, R"py("processingTimeMs" in e["delivery"])py"), ElementsAre("False"));
  EXPECT_THAT(PythonOf(5, R"py(e["open"]["bot"])py"), ElementsAre("BOT_UNSPECIFIED"));
  EXPECT_THAT(PythonOf(6, R"py(e["open"]["bot"])py"), ElementsAre("BOT_UNLIKELY"));
}

TEST_F(JsonOfThePrograms, HasEveryPlainField) {
  EXPECT_THAT(PythonOf(1, R"py(e["erased"], e["raw"] == "", e["origin"]["tenant"] == "")py"),
              ElementsAre("False True True"));
  EXPECT_THAT(PythonOf(1, R"py(e["send"], "delivery" in e)py"), ElementsAre("{} False"));
}

TEST_F(JsonOfThePrograms, HasTheShapeThatTheApiSays) {
  const auto answer = app_.Client().ListEvents([] {
    v1::ListEventsRequest request;
    request.set_view(v1::EVENT_VIEW_RAW);
    return request;
  }());
  ASSERT_OK(answer.status());
  const Finished list = Run("mailtrail --output json event list --view raw");
  ASSERT_THAT(list.lines, SizeIs(6));
  for (int i = 0; i < 6; ++i) {
    const json line = json::parse(list.lines[static_cast<std::size_t>(i)]);
    EXPECT_EQ(line["id"], answer->events(i).id());
    test::ExpectShape(answer->events(i), line);
  }
}

TEST_F(JsonOfThePrograms, IsTheSameFromEveryCommand) {
  const Finished list = Run("mailtrail --output json event list --order oldest");
  const Finished watch = Run("mailtrail --output json event watch --from oldest --stop-at-head");
  EXPECT_EQ(watch.lines, list.lines);
  const std::string id = json::parse(list.lines.at(0))["id"];
  EXPECT_THAT(Run(Cat("mailtrail --output json event get ", id)).lines, ElementsAre(list.lines[0]));
  const Finished message = Run(Cat("mailtrail message get --output json ", Id(1)));
  ASSERT_THAT(message.lines, SizeIs(1));
  EXPECT_EQ(json::parse(message.lines[0])["events"][0], json::parse(list.lines[0]));
}

TEST_F(JsonOfThePrograms, OfAMessageHasCountsAsTextsAndStatesAlways) {
  v1::GetMessageRequest request;
  request.set_id(Id(6));
  request.set_view(v1::MESSAGE_VIEW_TRAIL);
  request.set_event_view(v1::EVENT_VIEW_FULL);
  const auto answer = app_.Client().GetMessage(request);
  ASSERT_OK(answer.status());
  const Finished message = Run(Cat("mailtrail --output json message get ", Id(6)));
  ASSERT_THAT(message.lines, SizeIs(1));
  const json shown = json::parse(message.lines[0]);
  test::ExpectShape(answer->message(), shown);
  EXPECT_EQ(shown["engagement"]["opens"], "1");
  EXPECT_EQ(shown["engagement"]["clicks"], "0");
  EXPECT_TRUE(shown["recipients"][0]["state"].is_string());
  EXPECT_EQ(shown["eventsTruncated"], false);
}

TEST_F(JsonOfThePrograms, OfSourcesIsALineEach) {
  const auto answer = app_.Client().ListSources();
  ASSERT_OK(answer.status());
  const Finished sources = Run("mailtrail source list --output json");
  ASSERT_THAT(sources.lines, SizeIs(1));
  const json source = json::parse(sources.lines[0]);
  test::ExpectShape(answer->sources(0), source);
  EXPECT_EQ(source["storedCount"], "6");
  EXPECT_EQ(source["quarantinedCount"], "0");
}

TEST_F(JsonOfThePrograms, OfNothingIsNothing) {
  const Finished none = Run("mailtrail --output json event list --recipient nobody@example.com");
  EXPECT_EQ(none.code, 0);
  EXPECT_THAT(none.lines, IsEmpty());
  EXPECT_EQ(none.errors, "");
}

}  // namespace
}  // namespace mailtrail
