#include "clients/cli/trail.h"

#include <string>

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "tests/support/golden.h"

namespace mailtrail::cli {
namespace {

v1::MailMessage MessageOf(const std::string& text) {
  v1::MailMessage message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

std::string Shown(const v1::MailMessage& message) {
  std::string text;
  for (const std::string& line : TrailLines(message)) text += Cat(line, "\n");
  return text;
}

constexpr const char* kStory = R"pb(
  id: "0107018c-1"
  sent_time { seconds: 1795168800 nanos: 123000000 }
  sender_address: "news@example.org"
  subject: "Hello\tthere \"you\""
  header_message_id: "<1@shop.example.org>"
  tags { name: "campaign" values: "spring" values: "sale" }
  tags { name: "ses:configuration-set" values: "cs1" }
  origin { source: "prod-eu" }
  recipients {
    address: "ann@example.com"
    state: STATE_DELIVERED
    settled: true
    attribution: ATTRIBUTION_EXACT
    delivered_time { seconds: 1795168801 nanos: 500000000 }
  }
  recipients { address: "bo@example.com" state: STATE_DELAYED attribution: ATTRIBUTION_EXACT }
  recipients {
    address: "chen@example.com"
    state: STATE_COMPLAINED
    settled: true
    attribution: ATTRIBUTION_AMBIGUOUS
  }
  engagement { opens: 3 opens_without_bots: 1 clicks: 1 clicks_without_bots: 1 at_least: true }
  events {
    type: EVENT_TYPE_DELIVERY
    recipients: "ann@example.com"
    event_time { seconds: 1795168799 nanos: 623000000 }
    delivery { smtp_response: "250 OK\033[0m" }
  }
  events {
    type: EVENT_TYPE_SEND
    recipients: "ann@example.com"
    recipients: "bo@example.com"
    recipients: "chen@example.com"
    event_time { seconds: 1795168800 nanos: 123000000 }
    send {}
  }
  events {
    type: EVENT_TYPE_DELIVERY_DELAY
    recipients: "bo@example.com"
    event_time { seconds: 1795172400 nanos: 123000000 }
    delivery_delay {
      delay_type: "MailboxFull"
      recipients { status: "4.2.2" diagnostic_code: "smtp; 452 4.2.2 full" }
    }
  }
  events {
    type: EVENT_TYPE_COMPLAINT
    recipients: "bo@example.com"
    recipients: "chen@example.com"
    attribution: ATTRIBUTION_AMBIGUOUS
    event_time { seconds: 1795172401 }
    complaint { complaint_feedback_type: "abuse" }
  }
  events_truncated: true
)pb";

TEST(Trail, TellsAMessageFromItsSendingOn) {
  test::ExpectGolden("cli/trail.txt", Shown(MessageOf(kStory)));
}

TEST(Trail, LeavesOutWhatIsNotKnown) {
  EXPECT_EQ(Shown(MessageOf(R"pb(
              id: "0107-2"
              recipients { address: "ann@example.com" state: STATE_UNKNOWN }
            )pb")),
            "Message 0107-2\n"
            "  sent       -\n"
            "  recipients\n"
            "    ADDRESS          STATE                 DELIVERED\n"
            "    ann@example.com  UNKNOWN, not settled  -\n");
}

}  // namespace
}  // namespace mailtrail::cli
