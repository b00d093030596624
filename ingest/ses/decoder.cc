#include "ingest/ses/decoder.h"

#include <map>
#include <utility>

#include "ingest/ses/canonical.h"
#include "ingest/ses/fields.h"
#include "ingest/ses/json.h"
#include "ingest/ses/mail.h"
#include "ingest/ses/types.h"
#include "storage/base/status.h"

namespace mailtrail::ingest::ses {
namespace {

using storage::v1::FORM_EVENT_PUBLISHING;
using storage::v1::FORM_IDENTITY_NOTIFICATION;

// What SES sends when an event destination is made. In plain text, where JSON is expected.
constexpr std::string_view kValidationText =
    "Successfully validated SNS topic for Amazon SES event publishing.";
constexpr std::string_view kWhiteSpace = " \t\r\n";

// Identity notifications that are about no sent mail.
constexpr std::string_view kReceivedType = "Received";
constexpr std::string_view kSubscribedType = "AmazonSnsSubscriptionSucceeded";

bool IsValidationText(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  return first != std::string_view::npos &&
         text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1) == kValidationText;
}

struct TypeKey {
  storage::v1::Form form;
  std::string ses_type;
};

absl::StatusOr<TypeKey> ReadType(const Object& document) {
  const bool publishing = MemberAt(document, "eventType").has_value();
  const bool identity = MemberAt(document, "notificationType").has_value();
  if (publishing && identity) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, reason::kTwoTypes);
  }
  TypeKey key{.form = publishing ? FORM_EVENT_PUBLISHING : FORM_IDENTITY_NOTIFICATION,
              .ses_type = TextOrEmpty(document, publishing ? "eventType" : "notificationType")};
  if (key.ses_type.empty()) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, reason::kNoType);
  }
  return key;
}

void SetTime(const Object& detail, Event& event) {
  if (const std::optional<UnixMillis> time = TimeAt(detail, "timestamp")) {
    event.set_event_time_ms(time->value);
  }
}

absl::Status DecodeDetail(const Object& document, const TypeRow& row, Event& event) {
  if (const std::optional<Object> detail = ObjectAt(document, row.member)) {
    row.decode(*detail, event);
    SetTime(*detail, event);
    return absl::OkStatus();
  }
  if (row.type == storage::v1::EVENT_TYPE_SEND) {
    DecodeSend(document, event);
    return absl::OkStatus();
  }
  return MakeStatus(absl::StatusCode::kInvalidArgument, reason::kNoDetail, ": ", row.member);
}

// Nobody has told us how the members of an unknown type are called. All of SES's have their time in
// an object beside `mail`; the first by name that has one, so that the members' order decides
// nothing.
void DecodeUnknown(const Object& document, Event& event) {
  std::map<std::string_view, Object> members;
  for (const simdjson::dom::key_value_pair member : document) {
    Object object;
    if (member.key != "mail" && member.value.get(object) == simdjson::SUCCESS) {
      members.emplace(member.key, object);
    }
  }
  for (const auto& [key, object] : members) {
    if (!event.has_event_time_ms()) {
      SetTime(object, event);
    }
  }
}

absl::StatusOr<Decoded> DecodeEvent(const Object& document, TypeKey key) {
  MT_ASSIGN_OR_RETURN(std::string canonical, CanonicalBytes(document));
  const std::optional<Object> mail = ObjectAt(document, "mail");
  if (!mail) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, reason::kNoMail);
  }
  Decoded decoded{.form = key.form, .canonical = std::move(canonical)};
  Event& event = decoded.event;
  MT_ASSIGN_OR_RETURN(decoded.headers, DecodeMail(*mail, key.form, event));
  if (const TypeRow* const row = FindType(key.ses_type)) {
    decoded.type = row->type;
    MT_RETURN_IF_ERROR(DecodeDetail(document, *row, event));
  } else {
    decoded.type = storage::v1::EVENT_TYPE_OTHER;
    DecodeUnknown(document, event);
  }
  event.set_ses_type(std::move(key.ses_type));
  for (std::string& address : NamedOnlyInHeaders(event, decoded.headers)) {
    event.add_named_addresses(std::move(address));
  }
  return decoded;
}

}  // namespace

absl::StatusOr<std::variant<Decoded, NotAnEvent>> Decode(std::string_view text) {
  if (IsValidationText(text)) {
    return NotAnEvent::kValidationNotice;
  }
  MT_ASSIGN_OR_RETURN(const Object document, ParseObject(text));
  MT_ASSIGN_OR_RETURN(TypeKey key, ReadType(document));
  if (key.form == FORM_IDENTITY_NOTIFICATION && key.ses_type == kReceivedType) {
    return NotAnEvent::kReceived;
  }
  if (key.form == FORM_IDENTITY_NOTIFICATION && key.ses_type == kSubscribedType) {
    return NotAnEvent::kValidationNotice;
  }
  MT_ASSIGN_OR_RETURN(Decoded decoded, DecodeEvent(document, std::move(key)));
  return decoded;
}

std::string ReasonOf(const absl::Status& error) {
  const std::string_view message = FromAbsl(error.message());
  return std::string(message.substr(0, message.find(':')));
}

}  // namespace mailtrail::ingest::ses
