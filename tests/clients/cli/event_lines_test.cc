#include "clients/cli/event_lines.h"

#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace mailtrail::cli {
namespace {

using ::testing::ElementsAre;

// An event of the message "0107-1" for ann at a time, with this more.
v1::Event EventOf(const std::string& text) {
  v1::Event event;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      "message_id: '0107-1' recipients: 'ann@example.com' attribution: ATTRIBUTION_EXACT "
      "event_time {seconds: 1795168801 nanos: 123000000} " +
          text,
      &event))
      << text;
  return event;
}

std::string DetailOf(const std::string& text) { return ShowDetail(EventOf(text)); }

TEST(EventLines, ARowHasTimeTypeRecipientsMessageAndDetail) {
  EXPECT_THAT(EventHeader(), ElementsAre("TIME", "TYPE", "RECIPIENTS", "MESSAGE", "DETAIL"));
  EXPECT_THAT(
      EventRow(EventOf("type: EVENT_TYPE_DELIVERY delivery {smtp_response: '250 OK'}")),
      ElementsAre("2026-11-20T10:00:01.123Z", "DELIVERY", "ann@example.com", "0107-1", "250 OK"));
}

TEST(EventLines, EachTypeSaysWhatMatters) {
  EXPECT_EQ(DetailOf("type: EVENT_TYPE_SEND send {}"), "");
  EXPECT_EQ(DetailOf("delivery {smtp_response: '250 2.6.0 OK'}"), "250 2.6.0 OK");
  EXPECT_EQ(DetailOf("delivery_delay {delay_type: 'MailboxFull' recipients {status: '4.2.2' "
                     "diagnostic_code: 'smtp; 452 full'}}"),
            "MailboxFull 4.2.2 smtp; 452 full");
  EXPECT_EQ(DetailOf("bounce {bounce_type: 'Permanent' bounce_sub_type: 'General' recipients "
                     "{status: '5.1.1' diagnostic_code: 'smtp; 550 unknown'} recipients {status: "
                     "'5.7.1'}}"),
            "Permanent/General 5.1.1 smtp; 550 unknown");
  EXPECT_EQ(DetailOf("bounce {bounce_type: 'Transient' bounce_sub_type: 'General'}"),
            "Transient/General");
  EXPECT_EQ(DetailOf("complaint {complaint_feedback_type: 'abuse' complaint_sub_type: "
                     "'OnAccountSuppressionList'}"),
            "abuse OnAccountSuppressionList");
  EXPECT_EQ(DetailOf("complaint {}"), "");
  EXPECT_EQ(DetailOf("reject {reason: 'Bad content'}"), "Bad content");
  EXPECT_EQ(DetailOf("rendering_failure {template_name: 'welcome' error_message: 'no name'}"),
            "welcome no name");
  EXPECT_EQ(DetailOf("open {user_agent: 'Mozilla/5.0'}"), "Mozilla/5.0");
  EXPECT_EQ(DetailOf("open {bot: BOT_UNLIKELY user_agent: 'Mozilla/5.0'}"), "Mozilla/5.0");
  EXPECT_EQ(DetailOf("open {bot: BOT_LIKELY user_agent: 'Mozilla/5.0'}"), "bot Mozilla/5.0");
  EXPECT_EQ(DetailOf("click {bot: BOT_LIKELY link: 'https://example.org/a'}"),
            "bot https://example.org/a");
  EXPECT_EQ(DetailOf("subscription {contact_list: 'news' origin: 'UnsubscribeHeader'}"),
            "news UnsubscribeHeader");
  EXPECT_EQ(DetailOf("type: EVENT_TYPE_OTHER ses_type: 'Levitation'"), "");
}

TEST(EventLines, EveryKnownTypeHasAName) {
  const auto* types = v1::EventType_descriptor();
  for (int i = 0; i < types->value_count(); ++i) {
    v1::Event event;
    event.set_type(static_cast<v1::EventType>(types->value(i)->number()));
    if (event.type() <= v1::EVENT_TYPE_OTHER) continue;
    EXPECT_EQ("EVENT_TYPE_" + ShowType(event), types->value(i)->name());
  }
}

TEST(EventLines, AnUnknownTypeIsShownAsSesSpellsIt) {
  EXPECT_EQ(ShowType(EventOf("type: EVENT_TYPE_OTHER ses_type: 'Levi\\ttation'")),
            "Levi\\x09tation");
  v1::Event newer;
  newer.set_type(static_cast<v1::EventType>(77));
  newer.set_ses_type("Teleport");
  EXPECT_EQ(ShowType(newer), "Teleport") << "a newer server's type";
}

TEST(EventLines, RecipientsOfWhomOneIsMeantCarryAMark) {
  EXPECT_EQ(ShowRecipients(EventOf("recipients: 'bo@example.com'")),
            "ann@example.com,bo@example.com");
  v1::Event open = EventOf("recipients: 'bo@example.com'");
  open.set_attribution(v1::ATTRIBUTION_AMBIGUOUS);
  EXPECT_EQ(ShowRecipients(open), "ann@example.com,bo@example.com ?");
}

TEST(EventLines, StrangersTextIsEscaped) {
  EXPECT_EQ(DetailOf("bounce {bounce_type: 'Permanent' bounce_sub_type: 'General' recipients "
                     "{diagnostic_code: 'smtp; 550 no\\r\\n\\x1b[31mred'}}"),
            "Permanent/General smtp; 550 no\\x0D\\x0A\\x1B[31mred");
  v1::Event event = EventOf("");
  event.set_recipients(0, "ann\u202E@example.com");
  EXPECT_EQ(ShowRecipients(event), "ann\\u{202E}@example.com");
}

}  // namespace
}  // namespace mailtrail::cli
