// Reading what is not as documented: nothing of it loses the event.

#include "ingest/ses/decoder.h"

#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "storage/mail/event_facts.h"
#include "tests/ingest/ses/reading.h"
#include "tests/support/event_builder.h"

namespace mailtrail::ingest::ses {
namespace {

using nlohmann::json;
using test::DecodedOf;
using test::EventBuilder;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

storage::v1::Event EventOf(const EventBuilder& event) { return DecodedOf(event.Text()).event; }

TEST(Decode, KeepsAnUnknownTypeAsOtherWithItsMailAndTime) {
  const Decoded decoded = DecodedOf(EventBuilder("Teleported")
                                        .At(test::kSentMs + 5'000)
                                        .Detail("zone", "x")
                                        .Tag("campaign", "spring")
                                        .Text());
  EXPECT_EQ(decoded.type, storage::v1::EVENT_TYPE_OTHER);
  EXPECT_EQ(decoded.event.detail_case(), storage::v1::Event::DETAIL_NOT_SET);
  EXPECT_EQ(decoded.event.ses_type(), "Teleported");
  EXPECT_EQ(decoded.event.event_time_ms(), test::kSentMs + 5'000);
  EXPECT_THAT(decoded.event.mail().destination(), ElementsAre("ann@example.com"));
  EXPECT_EQ(mail::TagValue(decoded.event, "campaign"), "spring");
}

TEST(Decode, TakesAnUnknownTypesTimeFromTheFirstMemberByNameThatHasOne) {
  json event = EventBuilder("Teleported").Json();
  event["alpha"] = {{"timestamp", "no time"}};
  event["beta"] = {{"timestamp", "2026-11-20T10:00:09.000Z"}};
  event["apple"] = 7;
  EXPECT_EQ(DecodedOf(event.dump()).event.event_time_ms(), 1'795'168'809'000);
  event["teleported"] = json::object();
  event["beta"] = json::object();
  EXPECT_FALSE(DecodedOf(event.dump()).event.has_event_time_ms());
}

TEST(Decode, PassesUnknownFieldsOver) {
  json event =
      EventBuilder("Bounce").Detail("newField", {{"a", {1, 2}}}).Mail("newField", 1).Json();
  event["newMember"] = json::array({json::object()});
  EXPECT_EQ(DecodedOf(event.dump()).event.SerializeAsString(),
            EventOf(EventBuilder("Bounce")).SerializeAsString());
}

TEST(Decode, ReadsBothDocumentedFormsOfTime) {
  for (const std::string_view time :
       {"2018-10-08T14:05:45 +0000", "2018-10-08T09:05:45.000-05:00", "2018-10-08T14:05:45.000Z"}) {
    const storage::v1::Event event = EventOf(EventBuilder("Complaint")
                                                 .Mail("timestamp", time)
                                                 .Detail("timestamp", time)
                                                 .Detail("arrivalDate", time));
    EXPECT_EQ(event.mail().timestamp_ms(), 1'539'007'545'000) << time;
    EXPECT_EQ(event.event_time_ms(), 1'539'007'545'000) << time;
    EXPECT_EQ(event.complaint().arrival_date_ms(), 1'539'007'545'000) << time;
  }
}

TEST(Decode, LeavesAnEventTimeOutThatItCannotRead) {
  for (const json& time : {json("soon"), json(nullptr), json(1'795'168'800'123), json("")}) {
    const storage::v1::Event event = EventOf(EventBuilder("Delivery").Detail("timestamp", time));
    EXPECT_FALSE(event.has_event_time_ms()) << time;
    EXPECT_EQ(mail::EventTimeOf(event), UnixMillis{test::kSentMs});
  }
}

// Every member of every documented object, as every kind of JSON value: the event is kept.
TEST(Decode, KeepsTheEventWhateverTypeAFieldHas) {
  const std::vector<json> values = {
      nullptr,
      true,
      -1,
      1.5,
      "text",
      json::array(),
      json::object(),
      json::array({nullptr, 1, "text", json::array(), json::object()}),
      json{{"k", nullptr}, {"l", {1, "v"}}}};
  for (const std::string_view type :
       {"Send", "Delivery", "DeliveryDelay", "Bounce", "Complaint", "Reject", "Rendering Failure",
        "Open", "Click", "Subscription"}) {
    const json whole = EventBuilder(type).Json();
    for (const auto& [member, object] : whole.items()) {
      const json members = object.is_object() ? object : json::object();
      for (const auto& [key, documented] : members.items()) {
        if (member == "mail" && (key == "messageId" || key == "timestamp")) {
          continue;
        }
        for (const json& value : values) {
          json changed = whole;
          changed[member][key] = value;
          const Decoded decoded = DecodedOf(changed.dump());
          EXPECT_EQ(decoded.event.ses_type(), type) << member << "." << key << " = " << value;
          EXPECT_TRUE(storage::v1::Event().ParseFromString(decoded.event.SerializeAsString()));
        }
      }
    }
  }
}

TEST(Decode, ReadsWhatSesIsKnownToVary) {
  EXPECT_TRUE(
      EventOf(EventBuilder("Send").Mail("headersTruncated", "true")).mail().headers_truncated());
  EXPECT_TRUE(EventOf(EventBuilder("Send").Mail("headersTruncated", "False"))
                  .mail()
                  .has_headers_truncated());
  EXPECT_FALSE(
      EventOf(EventBuilder("Send").Mail("headersTruncated", "no")).mail().has_headers_truncated());
  const storage::v1::Event one =
      EventOf(EventBuilder("DeliveryDelay")
                  .Detail("delayedRecipients", {{"emailAddress", "x@example.com"}})
                  .Mail("commonHeaders", {{"to", "x@example.com"}})
                  .Mail("tags", {{"campaign", "spring"}}));
  ASSERT_THAT(one.delivery_delay().recipients(), SizeIs(1));
  EXPECT_EQ(one.delivery_delay().recipients(0).address(), "x@example.com");
  EXPECT_THAT(one.mail().common_headers().to(), ElementsAre("x@example.com"));
  EXPECT_EQ(mail::TagValue(one, "campaign"), "spring");
}

TEST(Decode, SortsTagsByNameAndKeepsTheirValuesOrder) {
  const storage::v1::Event event =
      EventOf(EventBuilder("Send").Mail("tags", {{"b", {"2", "1"}}, {"a", json::array()}}));
  ASSERT_THAT(event.mail().tags(), SizeIs(2));
  EXPECT_EQ(event.mail().tags(0).name(), "a");
  EXPECT_THAT(event.mail().tags(0).values(), IsEmpty());
  EXPECT_THAT(event.mail().tags(1).values(), ElementsAre("2", "1"));
}

TEST(Decode, TellsAbsentFromEmpty) {
  const storage::v1::Event event = EventOf(EventBuilder("Bounce")
                                               .Without("action")
                                               .Recipient("status", nullptr)
                                               .Recipient("diagnosticCode", ""));
  ASSERT_THAT(event.bounce().recipients(), SizeIs(1));
  EXPECT_FALSE(event.bounce().recipients(0).has_action());
  EXPECT_FALSE(event.bounce().recipients(0).has_status());
  EXPECT_TRUE(event.bounce().recipients(0).has_diagnostic_code());
  EXPECT_FALSE(EventOf(EventBuilder("Complaint")).complaint().has_complaint_sub_type());
  EXPECT_FALSE(EventOf(EventBuilder("Open")).open().has_is_bot_event());
  EXPECT_EQ(EventOf(EventBuilder("Open").Detail("isBotEvent", "Unlikely")).open().is_bot_event(),
            "Unlikely");
  EXPECT_TRUE(EventOf(EventBuilder("Delivery").Detail("processingTimeMillis", 0))
                  .delivery()
                  .has_processing_time_ms());
}

TEST(Decode, ReadsLinkTagsInAllTheirForms) {
  for (const json& none : {json(nullptr), json::object()}) {
    EXPECT_THAT(EventOf(EventBuilder("Click").Detail("linkTags", none)).click().link_tags(),
                IsEmpty());
  }
  const storage::v1::Event event =
      EventOf(EventBuilder("Click").Detail("linkTags", {{"k", {"v"}}}));
  ASSERT_THAT(event.click().link_tags(), SizeIs(1));
  EXPECT_EQ(event.click().link_tags(0).name(), "k");
}

TEST(Decode, TakesASendWithoutItsEmptyObject) {
  json event = EventBuilder("Send").Json();
  event.erase("send");
  EXPECT_EQ(DecodedOf(event.dump()).type, storage::v1::EVENT_TYPE_SEND);
}

TEST(Decode, TakesStrangersTextAsItIs) {
  const std::string hostile("<script>\x1b[31m\0\u202E\U0001F600\r\n.", 24);
  const std::string long_code(100'000, 'x');
  const storage::v1::Event event =
      EventOf(EventBuilder("Bounce").Subject(hostile).Recipient("diagnosticCode", long_code));
  EXPECT_EQ(event.mail().common_headers().subject(), hostile);
  EXPECT_EQ(event.bounce().recipients(0).diagnostic_code(), long_code);
}

TEST(Decode, NeverLetsWhatIsNoUtf8IntoTheEvent) {
  std::string text = EventBuilder("Bounce").Subject("SUBJECT").Text();
  for (std::size_t at = text.find("SUBJECT"); at != std::string::npos; at = text.find("SUBJECT")) {
    text.replace(at, 7, "cut \\ud83d");
  }
  const storage::v1::Event event = DecodedOf(text).event;
  EXPECT_EQ(event.mail().common_headers().subject(), "cut \uFFFD");
  EXPECT_TRUE(IsUtf8(event.mail().common_headers().subject()));
}

}  // namespace
}  // namespace mailtrail::ingest::ses
