#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mailtrail::ingest {

// What became of a push or an event, whichever door it came through. A door maps it to its own
// reply.
struct Outcome {
  enum class Kind : std::uint8_t {
    kDurable,      // A new event, safe on disk.
    kDuplicate,    // The event was there already.
    kQuarantined,  // Genuine, and its text could not be read: kept, can be replayed after a fix.
    kIgnored,      // Genuine, and holds no event: a notice, inbound mail, a subscription message.
    kMalformed,    // Not what SNS sends. Trying again is useless.
    kTooLarge,     // Over the limit for a body. Trying again is useless.
    kForbidden,    // Cannot be genuine, or not meant for us. Trying again is useless.
    kBusy,         // Hangs on our state or configuration: try again.
  };
  Kind kind = Kind::kBusy;
  // A word in snake_case for metrics, logs and replies: "signature_mismatch". Empty for kDurable
  // and kDuplicate.
  std::string_view reason;
  // What is worth knowing about it for a log line; printable ASCII, never text from a message.
  std::string detail;
};

// As metrics show it: "durable".
[[nodiscard]] std::string_view Word(Outcome::Kind kind);

}  // namespace mailtrail::ingest
