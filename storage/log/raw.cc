#include "storage/log/raw.h"

#include <algorithm>

#include "storage/base/codec.h"
#include "storage/base/status.h"

namespace mailtrail::log {
namespace {

constexpr std::uint8_t kRawVersion = 1;

}  // namespace

std::string RawKey(const mail::MessageKey& message, Sequence sequence) {
  std::string key(message.view());
  AppendU64(key, sequence.value);
  return key;
}

absl::StatusOr<RawPlace> ParseRawKey(std::string_view key) {
  Reader reader(key);
  RawPlace place;
  const std::string_view message = reader.Bytes(place.message.bytes.size());
  place.sequence.value = reader.U64();
  if (!reader.AtEnd()) return absl::DataLossError("key of raw has the wrong length");
  std::copy(message.begin(), message.end(), place.message.bytes.begin());
  return place;
}

std::string EncodeRaw(mail::RetentionClass retention_class, UnixMillis clamped_time,
                      std::string_view json) {
  std::string value;
  value.reserve(kRawHeaderBytes + json.size());
  AppendU8(value, kRawVersion);
  AppendU8(value, static_cast<std::uint8_t>(retention_class));
  AppendU48(value, clamped_time.value);
  value += json;
  return value;
}

absl::StatusOr<RawView> DecodeRaw(std::string_view value) {
  Reader reader(value);
  const std::uint8_t version = reader.U8();
  RawView view;
  view.retention_class = static_cast<mail::RetentionClass>(reader.U8());
  view.clamped_time.value = static_cast<std::int64_t>(reader.U48());
  if (!reader.ok()) return absl::DataLossError("row of raw is cut off");
  if (version != kRawVersion) {
    return MakeStatus(absl::StatusCode::kDataLoss, "row of raw of unknown version ", int{version});
  }
  view.json = reader.Rest();
  return view;
}

}  // namespace mailtrail::log
