#include "storage/mail/fingerprint.h"

#include <algorithm>

#include "storage/base/text.h"
#include "storage/mail/message_id.h"

namespace mailtrail::mail {
namespace {

// 80 bits at five a character.
constexpr std::size_t kEncodedLength = 16;

}  // namespace

Fingerprint Fingerprints::Of(std::string_view message_id, std::string_view canonical) const {
  std::string input;
  input.reserve(message_id.size() + 1 + canonical.size());
  input.append(message_id);
  input.push_back('\0');
  input.append(canonical);
  const std::array<char, 16> hash = hash_.Hash128(input);
  Fingerprint fingerprint;
  std::copy_n(hash.begin(), fingerprint.bytes.size(), fingerprint.bytes.begin());
  return fingerprint;
}

std::string FormatEventId(std::string_view message_id, const Fingerprint& fingerprint) {
  return Cat(message_id, "-", Base32Encode(fingerprint.view()));
}

std::optional<EventId> ParseEventId(std::string_view text) {
  if (text.size() < kEncodedLength + 2) {
    return std::nullopt;
  }
  const std::string_view message_id = text.substr(0, text.size() - kEncodedLength - 1);
  const std::string_view rest = text.substr(message_id.size());
  const std::optional<std::string> bytes = Base32Decode(rest.substr(1));
  EventId id{.message_id = std::string(message_id)};
  if (rest.front() != '-' || !IsMessageId(message_id) || !bytes ||
      bytes->size() != id.fingerprint.bytes.size()) {
    return std::nullopt;
  }
  std::copy_n(bytes->begin(), id.fingerprint.bytes.size(), id.fingerprint.bytes.begin());
  return id;
}

}  // namespace mailtrail::mail
