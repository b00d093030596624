// What is no event: every reason of decoder.h, and the texts that are acknowledged without being
// one.

#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "ingest/ses/decoder.h"
#include "ingest/ses/limits.h"
#include "storage/base/text.h"
#include "tests/ingest/ses/reading.h"
#include "tests/support/event_builder.h"

namespace mailtrail::ingest::ses {
namespace {

using nlohmann::json;
using test::EventBuilder;
using test::OutcomeOf;

std::string Refused(std::string_view reason) { return Cat("refused: ", reason); }

// A Send with an unknown member of `levels` nested lists in all, counting the document.
std::string Nested(std::size_t levels) {
  std::string text = EventBuilder("Send").Json().dump();
  text.pop_back();
  return Cat(text, ",\"x\":", std::string(levels - 1, '['), std::string(levels - 1, ']'), "}");
}

TEST(Refusal, OfWhatIsNotJson) {
  for (const std::string_view text :
       {"", " ", "{", "}", "Hello world!", "{\"a\":1}}", "{\"a\":1} {\"a\":1}", "{'a':1}",
        "{\"a\":}", "{\"a\":\"\n\"}", "{\"a\":\"\\x\"}", "{\"a\":01}", "{\"a\":nul}", "{\"a\":\"",
        "Successfully validated SNS topic"}) {
    EXPECT_EQ(OutcomeOf(text), Refused(reason::kNotJson)) << text;
  }
}

TEST(Refusal, OfWhatIsNoObject) {
  for (const std::string_view text : {"[]", "1", "\"a\"", "null", "[{\"eventType\":\"Send\"}]"}) {
    EXPECT_EQ(OutcomeOf(text), Refused(reason::kNotAnObject)) << text;
  }
}

TEST(Refusal, OfWhatIsNotUtf8) {
  for (const std::string_view bytes : {"\xFF", "\xC3", "\xED\xA0\xBD", "\xC0\x80"}) {
    EXPECT_EQ(OutcomeOf(Cat("{\"eventType\":\"Send\",\"x\":\"", bytes, "\"}")),
              Refused(reason::kNotUtf8));
  }
}

TEST(Refusal, OfWhatIsTooDeepBeginsAtTheLimit) {
  EXPECT_EQ(OutcomeOf(Nested(kMaxDepth - 1)), "event: Send");
  EXPECT_EQ(OutcomeOf(Nested(kMaxDepth + 1)), Refused(reason::kTooDeep));
  EXPECT_EQ(OutcomeOf(Nested(400'000)), Refused(reason::kTooDeep));
}

TEST(Refusal, OfWhatIsTooLargeBeginsAtTheLimit) {
  const std::size_t rest = EventBuilder("Send").Subject("").Text().size();
  // The subject stands twice, in headers and commonHeaders.
  std::string text =
      EventBuilder("Send").Subject(std::string((kMaxTextBytes - rest) / 2, 'x')).Text();
  text.resize(kMaxTextBytes, ' ');
  EXPECT_EQ(OutcomeOf(text), "event: Send");
  EXPECT_EQ(OutcomeOf(text + " "), Refused(reason::kTooLarge));
}

TEST(Refusal, OfKeysThatAreTwice) {
  const std::string send = EventBuilder("Send").Text();
  for (const std::string_view member :
       {R"("eventType":"Send")", R"("send":{})", R"("x":1,"x":2)", R"("x":{"a":1,"a":2})"}) {
    EXPECT_EQ(OutcomeOf(Cat("{", member, ",", send.substr(1))), Refused(reason::kDuplicateKey))
        << member;
  }
  std::string twice = send;
  twice.insert(twice.find("\"messageId\""), "\"messageId\":\"a\",");
  twice.insert(twice.find("\"mail\":{") + 8, "\"messageId\":\"a\",");
  EXPECT_EQ(OutcomeOf(twice), Refused(reason::kDuplicateKey));
}

TEST(Refusal, OfWhatSaysNoType) {
  json event = EventBuilder("Send").Json();
  for (const json& value : {json(nullptr), json(""), json(1), json::array({"Send"})}) {
    event["eventType"] = value;
    EXPECT_EQ(OutcomeOf(event.dump()), Refused(reason::kNoType)) << value;
  }
  event.erase("eventType");
  EXPECT_EQ(OutcomeOf(event.dump()), Refused(reason::kNoType));
}

TEST(Refusal, OfBothTypes) {
  json event = EventBuilder("Bounce").Json();
  event["notificationType"] = "Bounce";
  EXPECT_EQ(OutcomeOf(event.dump()), Refused(reason::kTwoTypes));
}

TEST(Refusal, OfWhatHasNoMail) {
  json event = EventBuilder("Send").Json();
  for (const json& value : {json(nullptr), json("mail"), json::array()}) {
    event["mail"] = value;
    EXPECT_EQ(OutcomeOf(event.dump()), Refused(reason::kNoMail)) << value;
  }
  event.erase("mail");
  EXPECT_EQ(OutcomeOf(event.dump()), Refused(reason::kNoMail));
}

TEST(Refusal, OfMessageIdsThatAreNone) {
  EXPECT_EQ(OutcomeOf(EventBuilder("Send").Without("messageId").Text()),
            Refused(reason::kNoMessageId));
  EXPECT_EQ(OutcomeOf(EventBuilder("Send").Mail("messageId", 7).Text()),
            Refused(reason::kNoMessageId));
  for (const std::string& id : {std::string(), std::string("a b"), std::string("<a>"),
                                std::string("a\0b", 3), std::string(129, 'a')}) {
    EXPECT_EQ(OutcomeOf(EventBuilder("Send").MessageId(id).Text()), Refused(reason::kBadMessageId))
        << id;
  }
}

TEST(Refusal, OfSentTimesThatAreNone) {
  EXPECT_EQ(OutcomeOf(EventBuilder("Send").Mail("timestamp", nullptr).Text()),
            Refused(reason::kNoSentTime));
  EXPECT_EQ(OutcomeOf(EventBuilder("Send").Mail("timestamp", 1795168800123).Text()),
            Refused(reason::kNoSentTime));
  for (const std::string_view time :
       {"", "yesterday", "2026-13-20T10:00:00.000Z", "1969-12-31T23:59:59Z"}) {
    EXPECT_EQ(OutcomeOf(EventBuilder("Send").Mail("timestamp", time).Text()),
              Refused(reason::kBadSentTime))
        << time;
  }
}

TEST(Refusal, OfAKnownTypeThatDoesNotSayWhatHappened) {
  json event = EventBuilder("Bounce").Json();
  for (const json& value : {json(nullptr), json("bounce"), json::array()}) {
    event["bounce"] = value;
    EXPECT_EQ(OutcomeOf(event.dump()), Refused(reason::kNoDetail)) << value;
  }
  event.erase("bounce");
  EXPECT_EQ(OutcomeOf(event.dump()), Refused(reason::kNoDetail));
}

TEST(Refusal, TellsNothingOfTheMail) {
  const auto result = Decode(EventBuilder("Send").MessageId("ann@example.com").Text());
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.status().message(), "bad-message-id: 15 bytes");
}

TEST(NotAnEvent, IsThePlainTextNoticeOfAnEventDestination) {
  constexpr std::string_view kNotice =
      "Successfully validated SNS topic for Amazon SES event publishing.";
  EXPECT_EQ(OutcomeOf(kNotice), "not an event: validation notice");
  EXPECT_EQ(OutcomeOf(Cat(kNotice, "\n")), "not an event: validation notice");
  EXPECT_EQ(OutcomeOf(Cat(kNotice, " x")), Refused(reason::kNotJson));
}

TEST(NotAnEvent, IsTheNoticeOfAnIdentitysFeedbackTopic) {
  EXPECT_EQ(OutcomeOf(R"({"notificationType":"AmazonSnsSubscriptionSucceeded","message":"You have )"
                      R"(successfully subscribed your Amazon SNS topic"})"),
            "not an event: validation notice");
}

TEST(NotAnEvent, IsInboundMailEvenWithoutAnythingElse) {
  EXPECT_EQ(OutcomeOf(R"({"notificationType":"Received"})"), "not an event: received");
  EXPECT_EQ(OutcomeOf(EventBuilder("Received").Text()), "event: Received");
}

// After a refusal, a large text and a deep one the thread's parser is as good as new.
TEST(Decode, GoesOnAfterEveryRefusalOnEveryThread) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([i] {
      const std::string send = EventBuilder("Send").Subject(Cat("thread ", i)).Text();
      const std::string deep = Nested(kMaxTextBytes / 3);
      for (int round = 0; round < 50; ++round) {
        EXPECT_EQ(test::DecodedOf(send).event.mail().common_headers().subject(), Cat("thread ", i));
        EXPECT_EQ(OutcomeOf("{"), Refused(reason::kNotJson));
        EXPECT_EQ(OutcomeOf(Nested(1'000)), Refused(reason::kTooDeep));
        EXPECT_EQ(OutcomeOf(deep), Refused(reason::kTooDeep));
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
}

}  // namespace
}  // namespace mailtrail::ingest::ses
