#include "server/api/event_to_proto.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "server/api/error.h"
#include "server/api/event_detail.h"
#include "server/api/time_proto.h"
#include "storage/base/text.h"
#include "storage/mail/event_facts.h"
#include "storage/mail/fingerprint.h"

namespace mailtrail::server::api {
namespace {

// The two enums have the same numbers, as the disk's proto promises.
static_assert(static_cast<int>(v1::EVENT_TYPE_SUBSCRIPTION) ==
              static_cast<int>(storage::v1::EVENT_TYPE_SUBSCRIPTION));
static_assert(static_cast<int>(v1::EventType_MAX) == static_cast<int>(storage::v1::EventType_MAX));
static_assert(static_cast<int>(v1::Form_MAX) == static_cast<int>(storage::v1::Form_MAX));

void FillCommonHeaders(const storage::v1::CommonHeaders& headers, v1::CommonHeaders& target) {
  *target.mutable_from_addresses() = headers.from();
  *target.mutable_to_addresses() = headers.to();
  *target.mutable_cc_addresses() = headers.cc();
  *target.mutable_bcc_addresses() = headers.bcc();
  *target.mutable_sender_addresses() = headers.sender();
  *target.mutable_reply_to_addresses() = headers.reply_to();
  target.set_return_path(headers.return_path());
  target.set_date(headers.date());
  target.set_message_id(headers.message_id());
  if (headers.has_subject()) target.set_subject(headers.subject());
}

void FillMail(const storage::v1::Mail& mail, bool full, v1::Mail& target) {
  *target.mutable_destinations() = mail.destination();
  target.set_sender_address(AddressOf(mail.source()));
  target.set_sender(mail.source());
  if (mail.common_headers().has_subject()) target.set_subject(mail.common_headers().subject());
  target.set_header_message_id(mail.header_message_id());
  if (mail.has_headers_truncated()) target.set_headers_truncated(mail.headers_truncated());
  target.set_source_arn(mail.source_arn());
  target.set_source_ip(mail.source_ip());
  target.set_caller_identity(mail.caller_identity());
  target.set_sending_account_id(mail.sending_account_id());
  if (full && mail.has_common_headers()) {
    FillCommonHeaders(mail.common_headers(), *target.mutable_common_headers());
  }
}

void FillOrigin(const query::FoundEvent& found, SourceTable& sources, v1::Origin& target) {
  const SourceOrigin& source = sources.Find(found.header.source);
  target.set_source(source.name);
  target.set_account_id(source.account_id);
  target.set_region(source.region);
  target.set_configuration_set(mail::TagValue(found.event, mail::kConfigurationSetTag));
  target.set_tenant(mail::TagValue(found.event, mail::kTenantTag));
}

// Engagement and complaints are about one person each, and SES does not say which of several.
v1::Attribution AttributionOf(mail::EventType type, std::size_t recipients) {
  const bool of_one =
      mail::PartOf(type) == mail::Part::kEngagement || type == storage::v1::EVENT_TYPE_COMPLAINT;
  return of_one && recipients > 1 ? v1::ATTRIBUTION_AMBIGUOUS : v1::ATTRIBUTION_EXACT;
}

void FillRaw(const query::FoundEvent& found, const HeadersOf& headers_of, v1::Event& target) {
  if (found.raw.empty()) return;
  target.set_raw(found.raw);
  for (storage::v1::Header& header : headers_of(found.raw)) {
    v1::Header& shown = *target.mutable_mail()->add_headers();
    shown.set_name(std::move(*header.mutable_name()));
    shown.set_value(std::move(*header.mutable_value()));
  }
}

}  // namespace

absl::StatusOr<v1::EventView> ViewOf(v1::EventView view) {
  if (!v1::EventView_IsValid(view)) {
    return FieldError(v1::ERROR_REASON_FIELD_INVALID, "view",
                      "this server knows BASIC, FULL and RAW");
  }
  return view == v1::EVENT_VIEW_UNSPECIFIED ? v1::EVENT_VIEW_BASIC : view;
}

query::WithRaw RawFor(v1::EventView view) {
  return view == v1::EVENT_VIEW_RAW ? query::WithRaw::kYes : query::WithRaw::kNo;
}

std::string AddressOf(std::string_view source) {
  const std::size_t open = source.rfind('<');
  if (open != std::string_view::npos) {
    const std::size_t close = source.find('>', open);
    if (close != std::string_view::npos) source = source.substr(open + 1, close - open - 1);
  }
  return std::string(absl::StripAsciiWhitespace(ToAbsl(source)));
}

v1::Event ToProto(const query::FoundEvent& found, const EventShape& shape) {
  const bool full = shape.view != v1::EVENT_VIEW_BASIC;
  const storage::v1::Event& event = found.event;
  v1::Event target;
  target.set_id(mail::FormatEventId(found.header.message_id, found.header.fingerprint));
  target.set_type(static_cast<v1::EventType>(found.header.type));
  target.set_ses_type(event.ses_type());
  target.set_message_id(found.header.message_id);
  *target.mutable_event_time() = ToTimestamp(mail::EventTimeOf(event));
  *target.mutable_sent_time() = ToTimestamp({event.mail().timestamp_ms()});
  *target.mutable_received_time() = ToTimestamp(found.header.received_time);
  FillOrigin(found, shape.sources, *target.mutable_origin());
  for (const storage::v1::Tag& tag : event.mail().tags()) FillTag(tag, *target.add_tags());
  std::vector<std::string> affected = mail::AffectedOf(event);
  target.set_attribution(AttributionOf(found.header.type, affected.size()));
  for (std::string& address : affected) target.add_recipients(std::move(address));
  target.set_form(static_cast<v1::Form>(found.header.form));
  target.set_cursor(shape.cursors.At(shape.eras, found.sequence));
  target.set_erased(event.erased());
  FillMail(event.mail(), full, *target.mutable_mail());
  FillDetail(event, full ? StrangersTexts::kShown : StrangersTexts::kHidden, target);
  if (shape.view == v1::EVENT_VIEW_RAW) FillRaw(found, shape.headers_of, target);
  return target;
}

}  // namespace mailtrail::server::api
