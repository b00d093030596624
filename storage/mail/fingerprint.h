#pragma once

// What makes two copies the same event, and the event's id that follows from it.

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/key_file.h"

namespace mailtrail::mail {

// 80 bits of a keyed hash over SES's message id and the canonical bytes of SES's whole JSON object
// without its `mail` member (ingest/ses makes them; the type key, which tells the two forms apart,
// is in). It may split one fact into two events, and never swallows one. At 10,000 events/s one
// false duplicate is expected in over ten million years, since `seen` also keys by the minute.
struct Fingerprint {
  std::array<char, 10> bytes{};
  [[nodiscard]] std::string_view view() const { return {bytes.data(), bytes.size()}; }
  friend auto operator<=>(const Fingerprint&, const Fingerprint&) = default;
};

// Thread-safe.
class Fingerprints {
 public:
  explicit Fingerprints(const StoreKeys& keys) : hash_(keys.fingerprint) {}
  // Over message_id, 0x00, canonical.
  [[nodiscard]] Fingerprint Of(std::string_view message_id, std::string_view canonical) const;

 private:
  KeyedHash hash_;
};

// An event's name in the API: "<SES message id>-<16 characters>", the fingerprint in lower-case
// base32. The same through every door, restart, restore and replica where the key is the same.
struct EventId {
  std::string message_id;
  Fingerprint fingerprint;
  friend auto operator<=>(const EventId&, const EventId&) = default;
};

[[nodiscard]] std::string FormatEventId(std::string_view message_id,
                                        const Fingerprint& fingerprint);
// Nullopt when `text` is no event id.
[[nodiscard]] std::optional<EventId> ParseEventId(std::string_view text);

}  // namespace mailtrail::mail
