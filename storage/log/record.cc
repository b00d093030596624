#include "storage/log/record.h"

#include <algorithm>

#include "storage/base/codec.h"
#include "storage/base/status.h"

namespace mailtrail::log {
namespace {

// All of the header but the message id.
constexpr std::size_t kFixedBytes = 1 + 1 + 1 + 6 + 6 + 1 + 1 + 2 + 2 + 10 + 1;

bool IsKind(std::uint8_t kind) {
  return kind == static_cast<std::uint8_t>(RecordKind::kEvent) ||
         kind == static_cast<std::uint8_t>(RecordKind::kControl);
}

}  // namespace

std::string EncodeRecord(const RecordHeader& header, std::string_view body) {
  std::string out;
  out.reserve(kFixedBytes + header.message_id.size() + body.size());
  AppendU8(out, kRecordVersion);
  AppendU8(out, static_cast<std::uint8_t>(header.kind));
  AppendU8(out, static_cast<std::uint8_t>(header.retention_class));
  AppendU48(out, header.clamped_time.value);
  AppendU48(out, header.received_time.value);
  AppendU8(out, static_cast<std::uint8_t>(header.form));
  AppendU8(out, static_cast<std::uint8_t>(header.type));
  AppendU16(out, header.source);
  AppendU16(out, header.index_set);
  out += header.fingerprint.view();
  AppendU8(out, static_cast<std::uint8_t>(header.message_id.size()));
  out += header.message_id;
  out += body;
  return out;
}

absl::StatusOr<RecordView> DecodeRecord(std::string_view bytes) {
  Reader reader(bytes);
  const std::uint8_t version = reader.U8();
  if (!reader.ok() || version != kRecordVersion) {
    return MakeStatus(absl::StatusCode::kDataLoss, "record of unknown version ", int{version});
  }
  const std::uint8_t kind = reader.U8();
  RecordView view;
  RecordHeader& header = view.header;
  header.kind = static_cast<RecordKind>(kind);
  header.retention_class = static_cast<mail::RetentionClass>(reader.U8());
  header.clamped_time.value = static_cast<std::int64_t>(reader.U48());
  header.received_time.value = static_cast<std::int64_t>(reader.U48());
  header.form = static_cast<mail::Form>(reader.U8());
  header.type = static_cast<mail::EventType>(reader.U8());
  header.source = reader.U16();
  header.index_set = reader.U16();
  const std::string_view fingerprint = reader.Bytes(header.fingerprint.bytes.size());
  header.message_id = reader.Bytes(reader.U8());
  if (!reader.ok()) return absl::DataLossError("record is cut off");
  if (!IsKind(kind)) {
    return MakeStatus(absl::StatusCode::kDataLoss, "record of unknown kind ", int{kind});
  }
  std::copy(fingerprint.begin(), fingerprint.end(), header.fingerprint.bytes.begin());
  view.body = reader.Rest();
  return view;
}

}  // namespace mailtrail::log
