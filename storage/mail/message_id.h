#pragma once

// SES's message id, and the two things made from it: the key of the message's rows, and the ids of
// its events.

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/key_file.h"

namespace mailtrail::mail {

// 1 to 128 characters of [A-Za-z0-9._-]. Anything else is quarantined: it could not be an id in our
// API. Real ones have 60 characters,
// "0107017cda9fa5c6-be6757c7-8954-4f49-bea4-259cb6e602de-000000": 16 hex digits of region and send
// time, a UUID, six digits.
[[nodiscard]] bool IsMessageId(std::string_view id);

// Takes "<id@eu-west-1.amazonses.com>", "id@email.amazonses.com" or the bare id, as people find it
// in a delivered message, and gives the id. Nullopt when it is no such thing, or of a foreign
// domain.
[[nodiscard]] std::optional<std::string> ParseMessageId(std::string_view text);

// A message's place in keys.
//
//   message := region u16, sent_ms u48, hash u64     when the id has the usual 60 characters
//            | 0xFF, 15 bytes of a 128-bit hash      any other id; sorts last
//
// Usual ids ascend with the send time, which keeps compaction cheap; nothing else depends on it.
// Two ids may share a key: readers compare the id in the record.
struct MessageKey {
  std::array<char, 16> bytes{};
  [[nodiscard]] std::string_view view() const { return {bytes.data(), bytes.size()}; }
  friend auto operator<=>(const MessageKey&, const MessageKey&) = default;
};

// Thread-safe. Cheap: two keyed hashes.
class MessageKeys {
 public:
  explicit MessageKeys(const StoreKeys& keys) : usual_(keys.message), other_(keys.message_other) {}

  [[nodiscard]] MessageKey KeyOf(std::string_view message_id) const;
  // The first 16 bits of the message's 64-bit hash, for any form of id. A consumer's shard is this
  // modulo the number of shards.
  [[nodiscard]] std::uint16_t ShardHashOf(std::string_view message_id) const;

 private:
  KeyedHash usual_;
  KeyedHash other_;
};

}  // namespace mailtrail::mail
