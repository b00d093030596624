#include "server/api/event_detail.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>

#include "server/api/time_proto.h"
#include "storage/mail/event_facts.h"

namespace mailtrail::server::api {
namespace {

// SES's words of August 2026; others say nothing.
v1::Bot BotOf(const std::string& word) {
  if (word == "Likely") return v1::BOT_LIKELY;
  if (word == "Unlikely") return v1::BOT_UNLIKELY;
  return v1::BOT_UNSPECIFIED;
}

void Fill(const storage::v1::AffectedRecipient& recipient, bool strangers,
          v1::AffectedRecipient& target) {
  target.set_address(recipient.address());
  if (recipient.has_action()) target.set_action(recipient.action());
  if (recipient.has_status()) target.set_status(recipient.status());
  if (strangers && recipient.has_diagnostic_code()) {
    target.set_diagnostic_code(recipient.diagnostic_code());
  }
}

void Fill(const storage::v1::Delivery& delivery, bool strangers, v1::Delivery& target) {
  if (delivery.has_processing_time_ms()) {
    // SES gives up after 14 hours, and 32 bits of milliseconds are 24 days.
    target.set_processing_time_ms(static_cast<std::int32_t>(std::clamp<std::int64_t>(
        delivery.processing_time_ms(), 0, std::numeric_limits<std::int32_t>::max())));
  }
  if (strangers) target.set_smtp_response(delivery.smtp_response());
  target.set_reporting_mta(delivery.reporting_mta());
  target.set_remote_mta_ip(delivery.remote_mta_ip());
}

void Fill(const storage::v1::DeliveryDelay& delay, bool strangers, v1::DeliveryDelay& target) {
  target.set_delay_type(delay.delay_type());
  for (const auto& recipient : delay.recipients()) {
    Fill(recipient, strangers, *target.add_recipients());
  }
  if (delay.has_expiration_time_ms()) {
    *target.mutable_expiration_time() = ToTimestamp({delay.expiration_time_ms()});
  }
  target.set_reporting_mta(delay.reporting_mta());
}

void Fill(const storage::v1::Bounce& bounce, bool strangers, v1::Bounce& target) {
  target.set_bounce_type(bounce.bounce_type());
  target.set_bounce_sub_type(bounce.bounce_sub_type());
  target.set_feedback_id(bounce.feedback_id());
  for (const auto& recipient : bounce.recipients()) {
    Fill(recipient, strangers, *target.add_recipients());
  }
  target.set_reporting_mta(bounce.reporting_mta());
  target.set_remote_mta_ip(bounce.remote_mta_ip());
}

void Fill(const storage::v1::Complaint& complaint, bool strangers, v1::Complaint& target) {
  *target.mutable_recipients() = complaint.recipients();
  target.set_feedback_id(complaint.feedback_id());
  if (complaint.has_complaint_sub_type()) {
    target.set_complaint_sub_type(complaint.complaint_sub_type());
  }
  if (complaint.has_complaint_feedback_type()) {
    target.set_complaint_feedback_type(complaint.complaint_feedback_type());
  }
  if (strangers && complaint.has_user_agent()) target.set_user_agent(complaint.user_agent());
  if (complaint.has_arrival_date_ms()) {
    *target.mutable_arrival_time() = ToTimestamp({complaint.arrival_date_ms()});
  }
}

void Fill(const storage::v1::Open& open, bool strangers, v1::Open& target) {
  target.set_bot(BotOf(open.is_bot_event()));
  if (!strangers) return;
  target.set_user_agent(open.user_agent());
  target.set_ip_address(open.ip_address());
}

void Fill(const storage::v1::Click& click, bool strangers, v1::Click& target) {
  target.set_bot(BotOf(click.is_bot_event()));
  for (const auto& tag : click.link_tags()) FillTag(tag, *target.add_link_tags());
  if (!strangers) return;
  target.set_user_agent(click.user_agent());
  target.set_ip_address(click.ip_address());
  target.set_link(click.link());
}

void Fill(const storage::v1::TopicPreferences& preferences, v1::TopicPreferences& target) {
  const auto fill = [](const storage::v1::TopicStatus& topic, v1::TopicStatus& status) {
    status.set_topic_name(topic.topic_name());
    status.set_subscription_status(topic.subscription_status());
  };
  target.set_unsubscribe_all(preferences.unsubscribe_all());
  for (const auto& topic : preferences.topics()) fill(topic, *target.add_topics());
  for (const auto& topic : preferences.default_topics()) fill(topic, *target.add_default_topics());
}

void Fill(const storage::v1::Subscription& subscription, v1::Subscription& target) {
  target.set_contact_list(subscription.contact_list());
  target.set_origin(subscription.source());
  if (subscription.has_new_preferences()) {
    Fill(subscription.new_preferences(), *target.mutable_new_preferences());
  }
  if (subscription.has_old_preferences()) {
    Fill(subscription.old_preferences(), *target.mutable_old_preferences());
  }
}

}  // namespace

void FillTag(const storage::v1::Tag& tag, v1::Tag& target) {
  target.set_name(tag.name());
  *target.mutable_values() = tag.values();
}

void FillDetail(const storage::v1::Event& event, StrangersTexts strangers, v1::Event& target) {
  using Detail = storage::v1::Event;
  const bool shown = strangers == StrangersTexts::kShown;
  switch (event.detail_case()) {
    case Detail::kSend:
      target.mutable_send();
      break;
    case Detail::kDelivery:
      Fill(event.delivery(), shown, *target.mutable_delivery());
      *target.mutable_delivery()->mutable_since_sent() =
          ToDuration(mail::EventTimeOf(event).value - event.mail().timestamp_ms());
      break;
    case Detail::kDeliveryDelay:
      Fill(event.delivery_delay(), shown, *target.mutable_delivery_delay());
      break;
    case Detail::kBounce:
      Fill(event.bounce(), shown, *target.mutable_bounce());
      break;
    case Detail::kComplaint:
      Fill(event.complaint(), shown, *target.mutable_complaint());
      break;
    case Detail::kReject:
      target.mutable_reject()->set_reason(event.reject().reason());
      break;
    case Detail::kRenderingFailure: {
      const storage::v1::RenderingFailure& failure = event.rendering_failure();
      target.mutable_rendering_failure()->set_template_name(failure.template_name());
      target.mutable_rendering_failure()->set_error_message(failure.error_message());
      break;
    }
    case Detail::kOpen:
      Fill(event.open(), shown, *target.mutable_open());
      break;
    case Detail::kClick:
      Fill(event.click(), shown, *target.mutable_click());
      break;
    case Detail::kSubscription:
      Fill(event.subscription(), *target.mutable_subscription());
      break;
    case Detail::DETAIL_NOT_SET:
      break;
  }
}

}  // namespace mailtrail::server::api
