#include "tests/ingest/ses/reading.h"

#include <numeric>

#include "gtest/gtest.h"
#include "storage/base/text.h"

namespace mailtrail::test {

using ingest::ses::Decoded;
using ingest::ses::NotAnEvent;

Decoded DecodedOf(std::string_view text) {
  auto result = ingest::ses::Decode(text);
  if (!result.ok() || !std::holds_alternative<Decoded>(*result)) {
    ADD_FAILURE() << OutcomeOf(text) << " of " << text;
    return {};
  }
  return std::get<Decoded>(*std::move(result));
}

std::string OutcomeOf(std::string_view text) {
  const auto result = ingest::ses::Decode(text);
  if (!result.ok()) {
    EXPECT_EQ(result.status().code(), absl::StatusCode::kInvalidArgument);
    return Cat("refused: ", ingest::ses::ReasonOf(result.status()));
  }
  if (const auto* const not_an_event = std::get_if<NotAnEvent>(&*result)) {
    return *not_an_event == NotAnEvent::kReceived ? "not an event: received"
                                                  : "not an event: validation notice";
  }
  return Cat("event: ", std::get<Decoded>(*result).event.ses_type());
}

mail::Fingerprint FingerprintOf(const Decoded& decoded) {
  std::string secret(32, '\0');
  std::iota(secret.begin(), secret.end(), '\0');
  return mail::Fingerprints(DeriveKeys(secret).value())
      .Of(decoded.event.mail().message_id(), decoded.canonical);
}

}  // namespace mailtrail::test
