#pragma once

// SES's JSON text as an event. Knows both forms: event publishing (`eventType`) and the older
// identity notifications (`notificationType`).
//
// What cannot be read as an event at all is an error, and quarantined by the caller. Everything
// else is read as far as it goes: SES reserves the right to add fields, so unknown ones are passed
// over, and one of an unexpected type is left out rather than the event lost (the rule is in
// fields.h); the caller keeps the text. An unknown event type is OTHER, with `ses_type` and the
// shared mail part. Strangers' text is taken as it is; nothing is shortened.

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "mailtrail/storage/v1/event.pb.h"

namespace mailtrail::ingest::ses {

struct Decoded {
  storage::v1::Event event;
  storage::v1::EventType type =
      storage::v1::EVENT_TYPE_UNSPECIFIED;                 // Never UNSPECIFIED when decoded.
  storage::v1::Form form = storage::v1::FORM_UNSPECIFIED;  // Nor this.
  std::string
      canonical;  // What the fingerprint is made from, with the message id; see canonical.h.
  std::vector<storage::v1::Header>
      headers;  // The message's own, for indexed headers; not in the event.
};

// Genuine texts that are no event of sent mail: acknowledged, counted, not stored.
enum class NotAnEvent {
  kReceived,  // Inbound mail, as SES's receipt rules notify it.
  // SES tried the topic out when it was configured: in plain text for event publishing, as a JSON
  // `AmazonSnsSubscriptionSucceeded` for identity notifications.
  kValidationNotice,
};

// Why a text is no event: one word, the status message up to the first ':'. After that may stand
// what was found, without content of the mail. The words are documented in quarantine listings.
namespace reason {
inline constexpr std::string_view kTooLarge = "too-large";  // Over kMaxTextBytes.
inline constexpr std::string_view kNotUtf8 = "not-utf8";
inline constexpr std::string_view kTooDeep = "too-deep";  // Over kMaxDepth.
inline constexpr std::string_view kNotJson = "not-json";
inline constexpr std::string_view kNotAnObject = "not-an-object";
inline constexpr std::string_view kDuplicateKey = "duplicate-key";  // See canonical.h.
inline constexpr std::string_view kNoType = "no-type";      // Neither type key, or no text in it.
inline constexpr std::string_view kTwoTypes = "two-types";  // Both type keys.
inline constexpr std::string_view kNoMail = "no-mail";      // No `mail`, or no object.
inline constexpr std::string_view kNoMessageId = "no-message-id";
inline constexpr std::string_view kBadMessageId = "bad-message-id";  // See mail::IsMessageId.
inline constexpr std::string_view kNoSentTime = "no-sent-time";      // No mail.timestamp.
inline constexpr std::string_view kBadSentTime = "bad-sent-time";    // See ParseTime.
// A known type without the object that says what happened. (Send's is always empty, and may be
// missing.)
inline constexpr std::string_view kNoDetail = "no-detail";
}  // namespace reason

// Thread-safe; each thread keeps a parser with buffers for the largest text it has met. Errors:
// kInvalidArgument, its message beginning with a reason.
[[nodiscard]] absl::StatusOr<std::variant<Decoded, NotAnEvent>> Decode(std::string_view text);

// The reason in an error of Decode.
[[nodiscard]] std::string ReasonOf(const absl::Status& error);

}  // namespace mailtrail::ingest::ses
