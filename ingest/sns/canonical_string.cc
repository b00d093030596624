#include "ingest/sns/canonical_string.h"

namespace mailtrail::ingest::sns {

std::vector<std::string_view> CanonicalPieces(const Envelope& envelope) {
  constexpr std::size_t kPiecesMax = 15;
  std::vector<std::string_view> pieces;
  pieces.reserve(kPiecesMax);
  const auto add = [&](std::string_view name, std::string_view value) {
    pieces.push_back(name);
    pieces.push_back(value);
  };
  // AWS's guide lists fewer fields for the confirmations than it signs; these are what real
  // signatures cover.
  const bool confirmation = envelope.type != MessageType::kNotification;
  add("Message\n", envelope.message);
  add("\nMessageId\n", envelope.message_id);
  if (envelope.subject) add("\nSubject\n", *envelope.subject);
  if (confirmation) add("\nSubscribeURL\n", envelope.subscribe_url);
  add("\nTimestamp\n", envelope.timestamp);
  if (confirmation) add("\nToken\n", envelope.token);
  add("\nTopicArn\n", envelope.topic.text);
  add("\nType\n", Name(envelope.type));
  pieces.push_back("\n");
  return pieces;
}

}  // namespace mailtrail::ingest::sns
