#pragma once

// A record: one entry of the log, as the families `events` and `by_message` hold it.
//
//   record  := version u8, kind u8, class u8, clamped u48, received u48, form u8, type u8,
//              source u16, index_set u16, fingerprint 10 bytes, id_bytes u8, message_id, body
//   version := 1
//   body    := protobuf mailtrail.storage.v1.Event (EVENT) or .Control (CONTROL)
//
// Class and times stand at fixed places, so that filters, expiry and checks need no protobuf, and
// the writer can fill in what only it knows. A CONTROL record has no message id, form, type or
// source.

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/base/time.h"
#include "storage/mail/event_facts.h"
#include "storage/mail/fingerprint.h"

namespace mailtrail::log {

inline constexpr std::uint8_t kRecordVersion = 1;

enum class RecordKind : std::uint8_t {
  kEvent = 1,
  kControl = 2,
};

struct RecordHeader {
  RecordKind kind = RecordKind::kEvent;
  mail::RetentionClass retention_class = mail::RetentionClass::kControl;
  UnixMillis clamped_time;   // Event time in [mail.timestamp, received_time].
  UnixMillis received_time;  // When the writer committed it; never falls along the log.
  mail::Form form = storage::v1::FORM_UNSPECIFIED;
  mail::EventType type = storage::v1::EVENT_TYPE_UNSPECIFIED;
  std::uint16_t source = 0;     // Number of the source, see storage/local/sources.h.
  std::uint16_t index_set = 0;  // Number of the index set in force.
  mail::Fingerprint fingerprint;
  std::string message_id;

  friend bool operator==(const RecordHeader&, const RecordHeader&) = default;
};

[[nodiscard]] std::string EncodeRecord(const RecordHeader& header, std::string_view body);

// A record as read. `body` points into the bytes given to DecodeRecord.
struct RecordView {
  RecordHeader header;
  std::string_view body;
};

// kDataLoss when the bytes are no record of a version that we know.
[[nodiscard]] absl::StatusOr<RecordView> DecodeRecord(std::string_view bytes);

}  // namespace mailtrail::log
