#include "clients/cli/demo/life_cycle.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "absl/strings/str_format.h"
#include "storage/base/text.h"

namespace mailtrail::demo {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array kNames = {"ann", "bo",   "chen", "dana", "elif", "femi", "gina",
                               "hal", "ines", "juan", "kim",  "lena", "mei",  "nils"};
constexpr std::array kDomains = {"example.com", "mail.example.net", "example.org",
                                 "corp.example.com"};
constexpr std::array kCampaigns = {"spring-sale", "password-reset", "newsletter", "order-receipt"};
constexpr std::array kSubjects = {"The spring sale has begun", "Reset your password",
                                  "News of the week", "Your order has been received"};
constexpr std::array kAgents = {
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"};

Json Header(const std::string& name, const std::string& value) {
  return {{"name", name}, {"value", value}};
}

// The objects that name recipients, with more members for each.
Json Recipients(const std::vector<std::string>& addresses, const Json& more) {
  Json list = Json::array();
  for (const std::string& address : addresses) {
    Json recipient = {{"emailAddress", address}};
    recipient.update(more);
    list.push_back(std::move(recipient));
  }
  return list;
}

// Where the detail of an event type stands in SES's JSON.
std::string MemberOf(const std::string& type) {
  if (type == "Rendering Failure") return "failure";
  std::string member = type;
  member[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(member[0])));
  return member;
}

}  // namespace

struct LifeCycles::Message {
  std::string id;
  UnixMillis sent;
  std::vector<std::string> destination;
  std::string campaign;
  std::string subject;
  std::string header_id;
  std::string order;
};

std::uint32_t LifeCycles::Pick(std::uint32_t below) {
  return std::uniform_int_distribution<std::uint32_t>(0, below - 1)(random_);
}

std::string LifeCycles::Hex(int digits) {
  std::string hex;
  for (int i = 0; i < digits; ++i) hex += "0123456789abcdef"[Pick(16)];
  return hex;
}

LifeCycles::Message LifeCycles::MakeMessage(UnixMillis sent) {
  Message message;
  message.sent = sent;
  message.id = absl::StrFormat("0102%012x-%s-%s-%s-%s-%s-000000", sent.value, Hex(8), Hex(4),
                               Hex(4), Hex(4), Hex(12));
  const std::size_t recipients = OneIn(10) ? 2 : 1;
  while (message.destination.size() < recipients) {
    std::string address = absl::StrFormat("%s.%u@%s", kNames[Pick(kNames.size())], Pick(2'000),
                                          kDomains[Pick(kDomains.size())]);
    if (std::find(message.destination.begin(), message.destination.end(), address) ==
        message.destination.end()) {
      message.destination.push_back(std::move(address));
    }
  }
  const std::uint32_t campaign = Pick(kCampaigns.size());
  message.campaign = kCampaigns[campaign];
  message.subject = kSubjects[campaign];
  message.header_id = absl::StrFormat("<%s.%u@shop.example.org>", Hex(16), messages_);
  message.order = absl::StrFormat("order-%06u", messages_++);
  return message;
}

DemoEvent LifeCycles::MakeEvent(const Message& message, const std::string& type,
                                const std::vector<std::string>& recipients, UnixMillis time,
                                Json detail) {
  Json to = Json::array();
  std::string to_header;
  for (const std::string& address : message.destination) {
    to.push_back(address);
    to_header += (to_header.empty() ? "" : ", ") + address;
  }
  const Json mail = {
      {"timestamp", FormatTime(message.sent)},
      {"source", "Shop <news@shop.example.org>"},
      {"sourceArn", "arn:aws:ses:eu-west-1:123456789012:identity/shop.example.org"},
      {"sendingAccountId", "123456789012"},
      {"messageId", message.id},
      {"destination", message.destination},
      {"headersTruncated", false},
      {"headers",
       {Header("Received", absl::StrFormat("from app-%s (ip-10-0-%s.internal [10.0.1.7]) by "
                                           "email-smtp.amazonaws.com with SMTP id %s",
                                           message.id.substr(17, 8), message.id.substr(26, 4),
                                           message.id.substr(31, 20))),
        Header("From", "Shop <news@shop.example.org>"), Header("To", to_header),
        Header("Subject", message.subject), Header("Message-ID", message.header_id),
        Header("MIME-Version", "1.0"), Header("Content-Type", "text/html; charset=UTF-8"),
        Header("X-Order-Id", message.order)}},
      {"commonHeaders",
       {{"from", {"Shop <news@shop.example.org>"}},
        {"to", to},
        {"messageId", message.id},
        {"subject", message.subject}}},
      {"tags",
       {{"ses:operation", {"SendEmail"}},
        {"ses:configuration-set", {"demo"}},
        {"ses:source-ip", {"192.0.2.10"}},
        {"ses:from-domain", {"shop.example.org"}},
        {"ses:caller-identity", {"shop-sender"}},
        {"campaign", {message.campaign}}}}};
  const Json event = {{"eventType", type}, {"mail", mail}, {MemberOf(type), std::move(detail)}};
  return {.type = type,
          .message_id = message.id,
          .recipients = recipients,
          .campaign = message.campaign,
          .time = time,
          .text = event.dump() + "\n"};
}

void LifeCycles::AddHandOver(const Message& message, const std::string& recipient,
                             std::vector<DemoEvent>& events) {
  UnixMillis time{message.sent.value + 400 + Pick(2'000)};
  const std::vector<std::string> about = {recipient};
  if (OneIn(15)) {
    events.push_back(MakeEvent(
        message, "DeliveryDelay", about, time,
        {{"timestamp", FormatTime(time)},
         {"delayType", "TransientCommunicationFailure"},
         {"expirationTime", FormatTime({time.value + 14 * kMillisPerHour})},
         {"delayedRecipients",
          Recipients(about,
                     {{"status", "4.4.1"},
                      {"diagnosticCode", "smtp; 421 4.4.1 Unable to connect to remote host"}})}}));
    time.value += 1'000 + Pick(3'000);
  }
  if (OneIn(20)) {
    const bool full = OneIn(3);
    events.push_back(
        MakeEvent(message, "Bounce", about, time,
                  {{"feedbackId", absl::StrFormat("0102%s-%s-000000", Hex(12), Hex(8))},
                   {"bounceType", full ? "Transient" : "Permanent"},
                   {"bounceSubType", full ? "MailboxFull" : "General"},
                   {"bouncedRecipients",
                    Recipients(about, {{"action", "failed"},
                                       {"status", full ? "5.2.2" : "5.1.1"},
                                       {"diagnosticCode", full ? "smtp; 552 5.2.2 mailbox full"
                                                               : "smtp; 550 5.1.1 user unknown"}})},
                   {"timestamp", FormatTime(time)},
                   {"reportingMTA", "dns; b224-12.smtp-out.eu-west-1.amazonses.com"}}));
    return;
  }
  events.push_back(MakeEvent(message, "Delivery", about, time,
                             {{"timestamp", FormatTime(time)},
                              {"processingTimeMillis", time.value - message.sent.value},
                              {"recipients", about},
                              {"smtpResponse", absl::StrFormat("250 2.0.0 OK %s", Hex(10))},
                              {"remoteMtaIp", "198.51.100.7"},
                              {"reportingMTA", "b224-12.smtp-out.eu-west-1.amazonses.com"}}));
  if (OneIn(60)) {
    time.value += 500 + Pick(2'000);
    events.push_back(
        MakeEvent(message, "Complaint", about, time,
                  {{"feedbackId", absl::StrFormat("0102%s-%s-000000", Hex(12), Hex(8))},
                   {"complaintSubType", nullptr},
                   {"complainedRecipients", Recipients(about, Json::object())},
                   {"timestamp", FormatTime(time)},
                   {"userAgent", "Mailbox-Feedback/1.0"},
                   {"complaintFeedbackType", OneIn(4) ? "not-spam" : "abuse"},
                   {"arrivalDate", FormatTime(time)}}));
  }
}

void LifeCycles::AddEngagement(const Message& message, UnixMillis after,
                               std::vector<DemoEvent>& events) {
  UnixMillis time{after.value + 1'000 + Pick(8'000)};
  const std::string agent = kAgents[Pick(kAgents.size())];
  const std::string ip = absl::StrFormat("203.0.113.%u", 1 + Pick(250));
  const std::string bot = OneIn(5) ? "Likely" : "Unlikely";
  events.push_back(MakeEvent(message, "Open", message.destination, time,
                             {{"timestamp", FormatTime(time)},
                              {"userAgent", agent},
                              {"ipAddress", ip},
                              {"isBotEvent", bot}}));
  if (!OneIn(3)) return;
  time.value += 500 + Pick(4'000);
  events.push_back(MakeEvent(message, "Click", message.destination, time,
                             {{"timestamp", FormatTime(time)},
                              {"userAgent", agent},
                              {"ipAddress", ip},
                              {"link", absl::StrFormat("https://shop.example.org/o/%s", Hex(8))},
                              {"linkTags", nullptr},
                              {"isBotEvent", bot}}));
}

std::vector<DemoEvent> LifeCycles::Next(UnixMillis sent) {
  const Message message = MakeMessage(sent);
  std::vector<DemoEvent> events;
  if (OneIn(200)) {
    events.push_back(MakeEvent(message, "Rendering Failure", message.destination, sent,
                               {{"templateName", "welcome"},
                                {"errorMessage",
                                 "Attribute 'first_name' is not present in the "
                                 "rendering data."}}));
    return events;
  }
  events.push_back(MakeEvent(message, "Send", message.destination, sent, Json::object()));
  if (OneIn(300)) {
    events.push_back(
        MakeEvent(message, "Reject", message.destination, sent, {{"reason", "Bad content"}}));
    return events;
  }
  for (const std::string& recipient : message.destination) AddHandOver(message, recipient, events);
  if (events.back().type == "Delivery" && OneIn(3)) {
    AddEngagement(message, events.back().time, events);
  }
  // Each recipient's were made on their own. Two at one time stand by their type: whose comes first
  // does not matter, but the same seed must tell the same story.
  std::sort(events.begin(), events.end(), [](const DemoEvent& a, const DemoEvent& b) {
    return std::tie(a.time, a.type, a.recipients) < std::tie(b.time, b.type, b.recipients);
  });
  return events;
}

}  // namespace mailtrail::demo
