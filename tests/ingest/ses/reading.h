#pragma once

#include <string>
#include <string_view>

#include "ingest/ses/decoder.h"
#include "storage/mail/fingerprint.h"

namespace mailtrail::test {

// The event that a text is. REQUIRES: it is one; else the test fails and the event is empty.
[[nodiscard]] ingest::ses::Decoded DecodedOf(std::string_view text);

// The reason why a text is refused, or what else came out.
[[nodiscard]] std::string OutcomeOf(std::string_view text);

// Under the keys of the secret 00 01 .. 1f.
[[nodiscard]] mail::Fingerprint FingerprintOf(const ingest::ses::Decoded& decoded);

}  // namespace mailtrail::test
