#include "server/api/message_to_proto.h"

#include <string>

#include "server/api/event_detail.h"
#include "server/api/limits.h"
#include "server/api/time_proto.h"
#include "storage/mail/fingerprint.h"

namespace mailtrail::server::api {
namespace {

using ProtoState = v1::RecipientStatus::State;

// The API's states are the fold's, one further, since 0 is UNSPECIFIED.
ProtoState StateOf(mail::State state) {
  static_assert(v1::RecipientStatus::STATE_UNKNOWN == static_cast<int>(mail::State::kUnknown) + 1);
  static_assert(v1::RecipientStatus::STATE_BOUNCED == static_cast<int>(mail::State::kBounced) + 1);
  static_assert(v1::RecipientStatus::STATE_RENDERING_FAILED ==
                static_cast<int>(mail::State::kRenderingFailed) + 1);
  return static_cast<ProtoState>(static_cast<int>(state) + 1);
}

bool IsFailure(ProtoState state) {
  return state == v1::RecipientStatus::STATE_BOUNCED ||
         state == v1::RecipientStatus::STATE_SUPPRESSED ||
         state == v1::RecipientStatus::STATE_REJECTED ||
         state == v1::RecipientStatus::STATE_RENDERING_FAILED;
}

v1::Attribution AttributionOf(mail::Attribution attribution) {
  return attribution == mail::Attribution::kAmbiguous ? v1::ATTRIBUTION_AMBIGUOUS
                                                      : v1::ATTRIBUTION_EXACT;
}

void FillRecipient(const mail::RecipientStatus& status, const std::string& message_id,
                   v1::RecipientStatus& target) {
  target.set_address(status.address);
  target.set_state(StateOf(status.state));
  target.set_settled(status.settled);
  if (status.decided_by) {
    target.set_decided_by(mail::FormatEventId(message_id, *status.decided_by));
  }
  for (const mail::Fingerprint& fingerprint : status.overruled) {
    target.add_overruled(mail::FormatEventId(message_id, fingerprint));
  }
  if (status.delivered_time) {
    *target.mutable_delivered_time() = ToTimestamp(*status.delivered_time);
  }
  target.set_attribution(AttributionOf(status.attribution));
}

void FillSummary(v1::MailMessage& target) {
  v1::MailMessage::Summary& summary = *target.mutable_summary();
  summary.set_recipient_count(target.recipients_size());
  for (const v1::RecipientStatus& recipient : target.recipients()) {
    summary.set_settled_count(summary.settled_count() + (recipient.settled() ? 1 : 0));
    summary.set_failed_count(summary.failed_count() + (IsFailure(recipient.state()) ? 1 : 0));
  }
}

void FillEngagement(const query::MessageAnswer& answer, v1::EngagementSummary& target) {
  const mail::Engagement& engagement = answer.status.engagement;
  target.set_opens(engagement.opens);
  target.set_opens_without_bots(engagement.opens_without_bots);
  target.set_clicks(engagement.clicks);
  target.set_clicks_without_bots(engagement.clicks_without_bots);
  target.set_at_least(answer.engagement_at_least);
  if (engagement.first_open_time) {
    *target.mutable_first_open_time() = ToTimestamp(*engagement.first_open_time);
  }
  if (engagement.first_click_time) {
    *target.mutable_first_click_time() = ToTimestamp(*engagement.first_click_time);
  }
  target.set_attribution(AttributionOf(engagement.attribution));
}

void FillTrail(const query::MessageAnswer& answer, const EventShape& shape,
               v1::MailMessage& target) {
  target.set_events_truncated(answer.trail_truncated);
  std::size_t bytes = 0;
  for (const query::FoundEvent& found : answer.trail) {
    v1::Event event = ToProto(found, shape);
    bytes += event.ByteSizeLong();
    if (bytes > kTrailBytesMax && target.events_size() > 0) {
      target.set_events_truncated(true);
      return;
    }
    *target.add_events() = std::move(event);
  }
}

}  // namespace

v1::MailMessage ToProto(const query::MessageAnswer& answer, const EventShape& shape) {
  const mail::MessageStatus& status = answer.status;
  v1::MailMessage target;
  target.set_id(status.message_id);
  *target.mutable_sent_time() = ToTimestamp(status.sent_time);
  target.set_sender_address(AddressOf(status.source));
  target.set_subject(status.subject);
  target.set_header_message_id(status.header_message_id);
  for (const storage::v1::Tag& tag : status.tags) FillTag(tag, *target.add_tags());
  const SourceOrigin& source = shape.sources.Find(answer.source);
  target.mutable_origin()->set_source(source.name);
  target.mutable_origin()->set_account_id(source.account_id);
  target.mutable_origin()->set_region(source.region);
  target.mutable_origin()->set_configuration_set(status.configuration_set);
  target.mutable_origin()->set_tenant(status.tenant);
  for (const mail::RecipientStatus& recipient : status.recipients) {
    FillRecipient(recipient, status.message_id, *target.add_recipients());
  }
  FillSummary(target);
  FillEngagement(answer, *target.mutable_engagement());
  FillTrail(answer, shape, target);
  return target;
}

}  // namespace mailtrail::server::api
