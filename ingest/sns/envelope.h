#pragma once

// The JSON that SNS posts, read strictly and once.
//
// JSON readers disagree about duplicate keys, trailing bytes and depth; a forger lives on such
// disagreement. So an envelope is read by one reader only, and whatever another could read
// otherwise is refused.

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/sns/refusal.h"
#include "ingest/sns/topic_arn.h"
#include "storage/base/time.h"

namespace mailtrail::ingest::sns {

enum class MessageType { kNotification, kSubscriptionConfirmation, kUnsubscribeConfirmation };
// As SNS writes it: "Notification".
[[nodiscard]] std::string_view Name(MessageType type);

enum class SignatureVersion {
  kSha1 = 1,
  kSha256 = 2,
};

// Every member is signed but the last three. What is not signed decides nothing.
struct Envelope {
  MessageType type = MessageType::kNotification;
  std::string message_id;                   // Lower-case UUID.
  std::array<char, 16> message_id_bytes{};  // The same.
  TopicArn topic;
  std::string timestamp;  // As written: its bytes are signed.
  UnixMillis signed_time;
  std::optional<std::string> subject;  // Absent and null are one; "" is another.
  std::string message;                 // Decoded, byte for byte. Valid UTF-8; may hold anything.
  std::string token;                   // Of the two confirmations only.
  std::string subscribe_url;           // Likewise. Signed, never used.

  SignatureVersion signature_version = SignatureVersion::kSha1;
  std::string signature;  // Decoded.
  std::string signing_cert_url;
};

// Reads an envelope: at most 1 MiB of UTF-8, one JSON object nested at most 16 deep, nothing before
// or after it, no member twice (escapes undone), each field of its form. Members that we do not
// know are ignored. Thread-safe; each thread keeps a reader, whose memory grows with the largest
// body it met (about 13 bytes for each of the body).
[[nodiscard]] OrRefused<Envelope> ParseEnvelope(std::string_view body);

}  // namespace mailtrail::ingest::sns
