#pragma once

namespace mailtrail::bench {

// CPU microseconds of one verification: RSA 2048, PKCS#1 v1.5, SHA-256 over a text of an event's
// size.
[[nodiscard]] double RsaVerifyMicros();

}  // namespace mailtrail::bench
