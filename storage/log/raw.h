#pragma once

// raw: SES's JSON byte for byte, for proof, headers, export and re-reading after a parser fix.
//
//   key   := message 16 bytes, sequence u64
//   value := version u8 = 1, class u8, clamped u48, JSON

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/base/time.h"
#include "storage/log/sequence.h"
#include "storage/mail/event_facts.h"
#include "storage/mail/message_id.h"

namespace mailtrail::log {

[[nodiscard]] std::string RawKey(const mail::MessageKey& message, Sequence sequence);

struct RawPlace {
  mail::MessageKey message;
  Sequence sequence;
};
// kDataLoss when `key` is none.
[[nodiscard]] absl::StatusOr<RawPlace> ParseRawKey(std::string_view key);

// Version, class and clamped time: what stands before the JSON.
inline constexpr std::size_t kRawHeaderBytes = 8;

[[nodiscard]] std::string EncodeRaw(mail::RetentionClass retention_class, UnixMillis clamped_time,
                                    std::string_view json);

struct RawView {
  mail::RetentionClass retention_class = mail::RetentionClass::kControl;
  UnixMillis clamped_time;
  std::string_view json;  // Points into the bytes given to DecodeRaw.
};
[[nodiscard]] absl::StatusOr<RawView> DecodeRaw(std::string_view value);

}  // namespace mailtrail::log
