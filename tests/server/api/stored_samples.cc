#include "tests/server/api/stored_samples.h"

#include <utility>

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace mailtrail::test {
namespace {

using storage::v1::Event;

constexpr char kMail[] = R"(
  event_time_ms: 1795168803500
  mail {
    timestamp_ms: 1795168800123
    message_id: "0107017cda9fa5c6-be6757c7-8954-4f49-bea4-259cb6e602de-000000"
    source: "Example News <News@Example.org>"
    source_arn: "arn:aws:ses:eu-west-1:111122223333:identity/example.org"
    source_ip: "192.0.2.1"
    caller_identity: "mailer"
    sending_account_id: "111122223333"
    destination: "Ann@Example.com"
    headers_truncated: false
    header_message_id: "abc@example.org"
    common_headers {
      from: "Example News <News@Example.org>"
      to: "Ann@Example.com"
      cc: "cc@example.com"
      bcc: "bcc@example.com"
      sender: "sender@example.org"
      reply_to: "reply@example.org"
      return_path: "bounces@example.org"
      date: "Fri, 20 Nov 2026 10:00:00 +0000"
      message_id: "0107017cda9fa5c6-be6757c7-8954-4f49-bea4-259cb6e602de-000000"
      subject: "Your order"
    }
    tags { name: "campaign" values: "spring" }
    tags { name: "ses:configuration-set" values: "cs1" }
    tags { name: "ses:tenant-name" values: "shop" }
  }
)";

constexpr char kPreferences[] = R"(
    unsubscribe_all: true
    topics { topic_name: "offers" subscription_status: "OptOut" }
    default_topics { topic_name: "news" subscription_status: "OptIn" }
)";

StoredSample Make(std::string name, const std::string& ses_type, const std::string& detail) {
  StoredSample sample{.name = std::move(name), .event = {}};
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      "ses_type: \"" + ses_type + "\"" + kMail + detail, &sample.event))
      << sample.name;
  return sample;
}

}  // namespace

std::vector<StoredSample> StoredSamples() {
  const std::string affected = R"(recipients { address: "Ann@Example.com" action: "failed"
      status: "5.1.1" diagnostic_code: "smtp; 550 STRANGER: no such user" })";
  return {
      Make("send", "Send", "send {}"),
      Make("delivery", "Delivery", R"(delivery { recipients: "Ann@Example.com"
          processing_time_ms: 3377 smtp_response: "250 STRANGER ok"
          reporting_mta: "a8-70.smtp-out.amazonses.com" remote_mta_ip: "198.51.100.7" })"),
      Make("delivery_delay", "DeliveryDelay",
           "delivery_delay { delay_type: \"MailboxFull\" " + affected +
               R"(expiration_time_ms: 1795219200000
          reporting_mta: "a8-70.smtp-out.amazonses.com" })"),
      Make("bounce", "Bounce",
           "bounce { bounce_type: \"Permanent\" bounce_sub_type: \"NoEmail\" " + affected +
               R"(feedback_id: "0107-feedback" reporting_mta: "dns; a8-70.smtp-out.amazonses.com"
          remote_mta_ip: "198.51.100.7" })"),
      Make("complaint", "Complaint", R"(complaint { recipients: "Ann@Example.com"
          feedback_id: "0107-feedback" complaint_sub_type: "OnAccountSuppressionList"
          complaint_feedback_type: "abuse" user_agent: "STRANGER/1.0"
          arrival_date_ms: 1795168803000 })"),
      Make("reject", "Reject", "reject { reason: \"Bad content\" }"),
      Make("rendering_failure", "Rendering Failure", R"(rendering_failure {
          template_name: "welcome" error_message: "Attribute 'name' is not present" })"),
      Make("open", "Open", R"(open { ip_address: "198.51.100.8 STRANGER" user_agent: "STRANGER"
          is_bot_event: "Likely" })"),
      Make("click", "Click", R"(click { ip_address: "198.51.100.8 STRANGER" user_agent: "STRANGER"
          link: "https://example.org/?who=STRANGER" link_tags { name: "place" values: "top" }
          is_bot_event: "Unlikely" })"),
      Make(
          "subscription", "Subscription",
          std::string("subscription { contact_list: \"customers\" source: \"UnsubscribeHeader\" ") +
              "new_preferences {" + kPreferences + "} old_preferences {" + kPreferences + "} }"),
      Make("other", "NewInNextYear", ""),
  };
}

}  // namespace mailtrail::test
