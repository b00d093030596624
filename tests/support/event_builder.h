#pragma once

// SES's JSON texts for tests, of any type and in both forms, as SES writes them:
//
//   const std::string bounce = EventBuilder("Bounce").MessageId(SesMessageId(kSentMs, 7))
//                                  .To({"ann@example.com"}).Tag("campaign", "spring").Text();
//
// Without more than a type: a message of one recipient, sent at kSentMs, with what SES documents
// for that type. Knows nothing of what mailtrail makes of it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nlohmann/json.hpp"

namespace mailtrail::test {

// 2026-11-20T10:00:00.123Z.
inline constexpr std::int64_t kSentMs = 1'795'168'800'123;

// An id in SES's usual form: 16 digits of region and send time, a UUID made from `number`, six
// digits.
[[nodiscard]] std::string SesMessageId(std::int64_t sent_ms, std::uint64_t number,
                                       std::uint16_t region = 0x0107);

// "2026-11-20T10:00:00.123Z".
[[nodiscard]] std::string SesTime(std::int64_t unix_ms);

class EventBuilder {
 public:
  // `type` as SES spells it ("Rendering Failure"); any other text makes an event of an unknown
  // type.
  explicit EventBuilder(std::string_view type);

  // The older form: no tags, no newline at the end, the sent time cut to seconds.
  EventBuilder& Identity();
  EventBuilder& MessageId(std::string id);
  EventBuilder& SentAt(std::int64_t unix_ms);
  // When it happened; by default a second after it was sent. Types without a time ignore it.
  EventBuilder& At(std::int64_t unix_ms);
  EventBuilder& From(std::string source);
  EventBuilder& To(std::vector<std::string> destination);
  // The recipients that the event names; by default all of the destination.
  EventBuilder& About(std::vector<std::string> named);
  EventBuilder& Subject(std::string subject);
  EventBuilder& Tag(const std::string& name, const std::string& value);
  EventBuilder& Header(const std::string& name, const std::string& value);
  // Sets or replaces a member of what happened ("bounceSubType"), of `mail`, or of each named
  // recipient ("status"). A null stands as null; see Without.
  EventBuilder& Detail(const std::string& key, nlohmann::json value);
  EventBuilder& Mail(const std::string& key, nlohmann::json value);
  EventBuilder& Recipient(const std::string& key, nlohmann::json value);
  // Takes a member of what happened, of `mail` or of each named recipient away again.
  EventBuilder& Without(const std::string& key);

  [[nodiscard]] nlohmann::json Json() const;
  // As SNS delivers it: one line; event publishing ends in a newline.
  [[nodiscard]] std::string Text() const;

 private:
  [[nodiscard]] nlohmann::json MailJson() const;
  [[nodiscard]] nlohmann::json DetailJson() const;
  [[nodiscard]] nlohmann::json RecipientsJson() const;
  void Finish(nlohmann::json& object, const nlohmann::json& replaced) const;

  std::string type_;
  bool identity_ = false;
  std::string id_ = SesMessageId(kSentMs, 1);
  std::int64_t sent_ms_ = kSentMs;
  std::int64_t at_ms_ = kSentMs + 1'000;
  std::string source_ = "news@example.org";
  std::vector<std::string> destination_ = {"ann@example.com"};
  std::vector<std::string> named_;
  std::string subject_ = "Hello";
  nlohmann::json tags_ = {{"ses:configuration-set", {"cs1"}}, {"ses:operation", {"SendEmail"}}};
  nlohmann::json headers_ = nlohmann::json::array();
  nlohmann::json detail_ = nlohmann::json::object();
  nlohmann::json mail_ = nlohmann::json::object();
  nlohmann::json recipient_ = nlohmann::json::object();
  std::vector<std::string> without_;
};

}  // namespace mailtrail::test
