#include "clients/cli/event_lines.h"

#include "clients/cli/escape.h"
#include "clients/cli/time_flags.h"
#include "storage/base/text.h"

namespace mailtrail::cli {
namespace {

// The parts that are there, with blanks between.
std::string Join(std::initializer_list<std::string> parts) {
  std::string joined;
  for (const std::string& part : parts) {
    if (!part.empty()) joined += Cat(joined.empty() ? "" : " ", part);
  }
  return joined;
}

// Of several recipients the first one's words: the table is one line an event.
std::string Diagnosis(const google::protobuf::RepeatedPtrField<v1::AffectedRecipient>& recipients) {
  if (recipients.empty()) return {};
  return Join({recipients[0].status(), recipients[0].diagnostic_code()});
}

std::string BotMark(v1::Bot bot) { return bot == v1::BOT_LIKELY ? "bot" : ""; }

std::string Words(const v1::Event& event) {
  switch (event.detail_case()) {
    case v1::Event::kDelivery:
      return event.delivery().smtp_response();
    case v1::Event::kDeliveryDelay:
      return Join(
          {event.delivery_delay().delay_type(), Diagnosis(event.delivery_delay().recipients())});
    case v1::Event::kBounce:
      return Join({Cat(event.bounce().bounce_type(), "/", event.bounce().bounce_sub_type()),
                   Diagnosis(event.bounce().recipients())});
    case v1::Event::kComplaint:
      return Join(
          {event.complaint().complaint_feedback_type(), event.complaint().complaint_sub_type()});
    case v1::Event::kReject:
      return event.reject().reason();
    case v1::Event::kRenderingFailure:
      return Join(
          {event.rendering_failure().template_name(), event.rendering_failure().error_message()});
    case v1::Event::kOpen:
      return Join({BotMark(event.open().bot()), event.open().user_agent()});
    case v1::Event::kClick:
      return Join({BotMark(event.click().bot()), event.click().link()});
    case v1::Event::kSubscription:
      return Join({event.subscription().contact_list(), event.subscription().origin()});
    case v1::Event::kSend:
    case v1::Event::DETAIL_NOT_SET:
      return {};
  }
  return {};
}

}  // namespace

std::string ShowType(const v1::Event& event) {
  constexpr std::string_view kPrefix = "EVENT_TYPE_";
  if (event.type() == v1::EVENT_TYPE_OTHER) return Escape(event.ses_type());
  const std::string& name = v1::EventType_Name(event.type());
  return name.size() > kPrefix.size() ? name.substr(kPrefix.size()) : Escape(event.ses_type());
}

std::string ShowRecipients(const v1::Event& event) {
  std::string shown;
  for (const std::string& address : event.recipients()) {
    shown += Cat(shown.empty() ? "" : ",", Escape(address));
  }
  if (event.attribution() == v1::ATTRIBUTION_AMBIGUOUS) shown += " ?";
  return shown;
}

std::string ShowDetail(const v1::Event& event) { return Escape(Words(event)); }

std::vector<std::string> EventHeader() {
  return {"TIME", "TYPE", "RECIPIENTS", "MESSAGE", "DETAIL"};
}

std::vector<std::string> EventRow(const v1::Event& event) {
  return {ShowTime(event.event_time()), ShowType(event), ShowRecipients(event),
          Escape(event.message_id()), ShowDetail(event)};
}

}  // namespace mailtrail::cli
