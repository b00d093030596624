#include "tests/support/event_builder.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <map>
#include <utility>

namespace mailtrail::test {
namespace {

using nlohmann::json;

// The member that says what happened, where it is not the type in lower camel case.
std::string MemberOf(const std::string& type) {
  if (type == "Rendering Failure") {
    return "failure";
  }
  std::string member = type;
  if (!member.empty() && member[0] >= 'A' && member[0] <= 'Z') {
    member[0] = static_cast<char>(member[0] - 'A' + 'a');
  }
  return member;
}

// What SES documents for a type, but for times and recipients.
json DocumentedDetail(const std::string& type) {
  static const std::map<std::string, json> details{
      {"Delivery",
       {{"processingTimeMillis", 546},
        {"smtpResponse", "250 2.6.0 Message received"},
        {"reportingMTA", "a8-70.smtp-out.amazonses.com"}}},
      {"DeliveryDelay",
       {{"delayType", "TransientCommunicationFailure"},
        {"expirationTime", SesTime(kSentMs + 50'400'000)}}},
      {"Bounce",
       {{"bounceType", "Permanent"},
        {"bounceSubType", "General"},
        {"feedbackId", "0107019a-feedback-000000"},
        {"reportingMTA", "dns; a8-70.smtp-out.amazonses.com"}}},
      {"Complaint",
       {{"complaintSubType", nullptr},
        {"complaintFeedbackType", "abuse"},
        {"feedbackId", "0107019a-feedback-000000"},
        {"userAgent", "ExampleCorp Feedback Loop (V0.01)"}}},
      {"Reject", {{"reason", "Bad content"}}},
      {"Open", {{"ipAddress", "192.0.2.1"}, {"userAgent", "Mozilla/5.0"}}},
      {"Click",
       {{"ipAddress", "192.0.2.1"},
        {"userAgent", "Mozilla/5.0"},
        {"link", "https://example.org/offer"},
        {"linkTags", nullptr}}},
      {"Rendering Failure",
       {{"templateName", "MyTemplate"},
        {"errorMessage", "Attribute 'name' is not present in the rendering data."}}},
      {"Subscription",
       {{"contactList", "ContactListName"},
        {"source", "UnsubscribeHeader"},
        {"newTopicPreferences", {{"unsubscribeAll", true}}},
        {"oldTopicPreferences", {{"unsubscribeAll", false}}}}}};
  const auto found = details.find(type);
  return found == details.end() ? json::object() : found->second;
}

// The list of recipients that a type has, and what it says of each; empty for none.
struct Naming {
  std::string key;
  json of_each;
};
Naming NamingOf(const std::string& type) {
  if (type == "Bounce") {
    return {"bouncedRecipients",
            {{"action", "failed"},
             {"status", "5.1.1"},
             {"diagnosticCode", "smtp; 550 5.1.1 user unknown"}}};
  }
  if (type == "DeliveryDelay") {
    return {"delayedRecipients",
            {{"status", "4.4.1"},
             {"diagnosticCode", "smtp; 421 4.4.1 Unable to connect to remote host"}}};
  }
  if (type == "Complaint") {
    return {"complainedRecipients", json::object()};
  }
  return {};
}

bool HasNoTime(const std::string& type) {
  return type == "Send" || type == "Reject" || type == "Rendering Failure";
}

}  // namespace

std::string SesMessageId(std::int64_t sent_ms, std::uint64_t number, std::uint16_t region) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04x%012llx-%08x-0000-4000-8000-%012llx-000000", region,
                static_cast<unsigned long long>(sent_ms),
                static_cast<unsigned>(number * 2'654'435'761U),
                static_cast<unsigned long long>(number & 0xFFFF'FFFF'FFFFU));
  return text.data();
}

std::string SesTime(std::int64_t unix_ms) {
  const std::time_t second = unix_ms / 1'000;
  std::tm parts{};
  gmtime_r(&second, &parts);
  std::array<char, 32> date{};
  std::strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%s.%03dZ", date.data(),
                static_cast<int>(unix_ms % 1'000));
  return text.data();
}

EventBuilder::EventBuilder(std::string_view type) : type_(type) {}

EventBuilder& EventBuilder::Identity() {
  identity_ = true;
  return *this;
}
EventBuilder& EventBuilder::MessageId(std::string id) {
  id_ = std::move(id);
  return *this;
}
EventBuilder& EventBuilder::SentAt(std::int64_t unix_ms) {
  at_ms_ += unix_ms - sent_ms_;
  sent_ms_ = unix_ms;
  return *this;
}
EventBuilder& EventBuilder::At(std::int64_t unix_ms) {
  at_ms_ = unix_ms;
  return *this;
}
EventBuilder& EventBuilder::From(std::string source) {
  source_ = std::move(source);
  return *this;
}
EventBuilder& EventBuilder::To(std::vector<std::string> destination) {
  destination_ = std::move(destination);
  return *this;
}
EventBuilder& EventBuilder::About(std::vector<std::string> named) {
  named_ = std::move(named);
  return *this;
}
EventBuilder& EventBuilder::Subject(std::string subject) {
  subject_ = std::move(subject);
  return *this;
}
EventBuilder& EventBuilder::Tag(const std::string& name, const std::string& value) {
  tags_[name].push_back(value);
  return *this;
}
EventBuilder& EventBuilder::Header(const std::string& name, const std::string& value) {
  headers_.push_back({{"name", name}, {"value", value}});
  return *this;
}
EventBuilder& EventBuilder::Detail(const std::string& key, json value) {
  detail_[key] = std::move(value);
  return *this;
}
EventBuilder& EventBuilder::Mail(const std::string& key, json value) {
  mail_[key] = std::move(value);
  return *this;
}
EventBuilder& EventBuilder::Recipient(const std::string& key, json value) {
  recipient_[key] = std::move(value);
  return *this;
}
EventBuilder& EventBuilder::Without(const std::string& key) {
  without_.push_back(key);
  return *this;
}

void EventBuilder::Finish(json& object, const json& replaced) const {
  object.update(replaced);
  for (const std::string& key : without_) {
    object.erase(key);
  }
}

json EventBuilder::MailJson() const {
  json headers = {{{"name", "From"}, {"value", source_}},
                  {{"name", "Subject"}, {"value", subject_}}};
  for (const std::string& address : destination_) {
    headers.push_back({{"name", "To"}, {"value", address}});
  }
  headers.insert(headers.end(), headers_.begin(), headers_.end());
  json common = {{"from", {source_}}, {"to", destination_}, {"subject", subject_}};
  json mail = {{"timestamp", SesTime(identity_ ? sent_ms_ / 1'000 * 1'000 : sent_ms_)},
               {"messageId", id_},
               {"source", source_},
               {"sendingAccountId", "123456789012"},
               {"destination", destination_},
               {"headersTruncated", false},
               {"headers", std::move(headers)}};
  if (identity_) {
    mail["sourceIp"] = "192.0.2.9";
  } else {
    common["messageId"] = id_;
    mail["tags"] = tags_;
  }
  mail["commonHeaders"] = std::move(common);
  Finish(mail, mail_);
  return mail;
}

json EventBuilder::RecipientsJson() const {
  json recipients = json::array();
  for (const std::string& address : named_.empty() ? destination_ : named_) {
    json recipient = NamingOf(type_).of_each;
    recipient["emailAddress"] = address;
    Finish(recipient, recipient_);
    recipients.push_back(std::move(recipient));
  }
  return recipients;
}

json EventBuilder::DetailJson() const {
  json detail = DocumentedDetail(type_);
  if (!HasNoTime(type_)) {
    detail["timestamp"] = SesTime(at_ms_);
  }
  if (type_ == "Delivery") {
    detail["recipients"] = named_.empty() ? destination_ : named_;
  } else if (const Naming naming = NamingOf(type_); !naming.key.empty()) {
    detail[naming.key] = RecipientsJson();
  }
  Finish(detail, detail_);
  return detail;
}

json EventBuilder::Json() const {
  return {{identity_ ? "notificationType" : "eventType", type_},
          {"mail", MailJson()},
          {MemberOf(type_), DetailJson()}};
}

std::string EventBuilder::Text() const { return Json().dump() + (identity_ ? "" : "\n"); }

}  // namespace mailtrail::test
