#include "tests/support/sample_events.h"

#include "storage/base/text.h"

namespace mailtrail::test {
namespace {

using storage::v1::Event;

std::string Hex(std::uint64_t value, std::size_t digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(digits, '0');
  for (std::size_t i = digits; i > 0; --i, value >>= 4) text[i - 1] = kDigits[value & 15];
  return text;
}

void AddTag(const std::string& name, const std::string& value, storage::v1::Mail& mail) {
  storage::v1::Tag& tag = *mail.add_tags();
  tag.set_name(name);
  tag.add_values(value);
}

index::NewEvent Finish(Event event, std::string_view what, std::uint64_t number) {
  index::NewEvent result;
  result.canonical = Cat(what, " ", number);
  result.raw = Cat("{\"", what, "\":", number, "}");
  result.event = std::move(event);
  result.form = storage::v1::FORM_EVENT_PUBLISHING;
  result.source = 1;
  return result;
}

Event SampleEvent(std::uint64_t number) {
  Event event;
  storage::v1::Mail& mail = *event.mutable_mail();
  mail.set_timestamp_ms(kSampleSent.value);
  mail.set_message_id(SampleMessageId(kSampleSent, number));
  mail.set_source("news@example.org");
  mail.add_destination("ann@example.com");
  mail.set_header_message_id("a1@example.org");
  AddTag("campaign", "spring", mail);
  AddTag("ses:configuration-set", "cs1", mail);
  return event;
}

}  // namespace

std::string SampleMessageId(UnixMillis sent, std::uint64_t number) {
  return Cat("0107", Hex(static_cast<std::uint64_t>(sent.value), 12), "-be6757c7-8954-4f49-bea4-",
             Hex(number, 12), "-000000");
}

index::NewEvent SampleSend(std::uint64_t number) {
  Event event = SampleEvent(number);
  event.set_ses_type("Send");
  event.mutable_send();
  return Finish(std::move(event), "send", number);
}

index::NewEvent SampleBounce(std::uint64_t number) {
  Event event = SampleEvent(number);
  event.set_ses_type("Bounce");
  event.set_event_time_ms(kSampleSent.value + 2'000);
  event.mutable_bounce()->set_bounce_type("Permanent");
  event.mutable_bounce()->add_recipients()->set_address("ann@example.com");
  return Finish(std::move(event), "bounce", number);
}

std::uint64_t RandomEvents::Below(std::uint64_t bound) {
  return std::uniform_int_distribution<std::uint64_t>(0, bound - 1)(random_);
}

std::string RandomEvents::Address() { return Cat("user", Below(8), "@example", Below(3), ".com"); }

void RandomEvents::FillMail(std::uint64_t message, storage::v1::Mail& mail) {
  // What belongs to the message is the same on each of its events.
  const UnixMillis sent{kSampleSent.value - static_cast<std::int64_t>(message * 1'111'111)};
  mail.set_timestamp_ms(sent.value);
  mail.set_message_id(message % 5 == 0 ? Cat("other-id.", message)
                                       : SampleMessageId(sent, message));
  mail.set_source(Cat("sender", message % 3, "@example.org"));
  for (std::uint64_t i = 0; i <= message % 3; ++i) {
    mail.add_destination(Cat("user", (message + i) % 8, "@example", i, ".com"));
  }
  if (message % 2 == 0) mail.set_header_message_id(Cat("header", message / 2, "@example.org"));
  if (Below(2) == 0) AddTag("campaign", Cat("c", message % 4), mail);
  if (Below(3) == 0) AddTag("ses:configuration-set", Cat("cs", message % 2), mail);
  if (Below(3) == 0) AddTag("ses:tenant-name", Cat("tenant", message % 2), mail);
  if (Below(3) == 0) AddTag("ses:operation", "SendEmail", mail);
}

void RandomEvents::FillDetail(Event& event) {
  switch (Below(11)) {
    case 0:
      return void(event.mutable_send());
    case 1:
      return event.mutable_delivery()->add_recipients(event.mail().destination(0));
    case 2:
      return event.mutable_delivery_delay()->add_recipients()->set_address(Address());
    case 3:
      return event.mutable_bounce()->add_recipients()->set_address(Address());
    case 4:
      return event.mutable_complaint()->add_recipients(Address());
    case 5:
      return event.mutable_reject()->set_reason("Bad content");
    case 6:
      return event.mutable_rendering_failure()->set_template_name("t");
    case 7:
      return event.mutable_open()->set_user_agent("agent");
    case 8:
      return event.mutable_click()->set_link("https://example.com/");
    case 9:
      return event.mutable_subscription()->set_contact_list("list");
    default:
      return;
  }
}

index::NewEvent RandomEvents::Next() {
  const std::uint64_t number = next_number_++;
  Event event;
  FillMail(Below(40), *event.mutable_mail());
  FillDetail(event);
  if (Below(4) != 0) {
    constexpr std::int64_t kHours = 50;
    event.set_event_time_ms(event.mail().timestamp_ms() - kMillisPerHour +
                            static_cast<std::int64_t>(Below(kHours * kMillisPerHour)));
  }
  if (Below(4) == 0) event.add_named_addresses(Address());
  index::NewEvent result = Finish(std::move(event), "random", number);
  if (Below(3) == 0) result.form = storage::v1::FORM_IDENTITY_NOTIFICATION;
  result.source = static_cast<std::uint16_t>(1 + Below(2));
  if (Below(2) == 0) {
    storage::v1::Header& header = result.headers.emplace_back();
    header.set_name("x-order-id");
    header.set_value(Cat("order", Below(5)));
  }
  return result;
}

}  // namespace mailtrail::test
