#include "storage/query/record_reader.h"

#include "storage/base/status.h"
#include "storage/log/raw.h"

namespace mailtrail::query {

absl::StatusOr<storage::v1::Event> ParseEvent(log::Sequence sequence, std::string_view body) {
  storage::v1::Event event;
  if (!event.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    return MakeStatus(absl::StatusCode::kDataLoss, "record ", sequence.value, " holds no event");
  }
  return event;
}

absl::StatusOr<std::string> ReadRaw(const kv::Snapshot& snapshot, const mail::MessageKey& message,
                                    log::Sequence sequence) {
  const auto value = snapshot.Get(kv::FamilyId::kRaw, log::RawKey(message, sequence));
  if (absl::IsNotFound(value.status())) return std::string();
  MT_RETURN_IF_ERROR(value.status());
  MT_ASSIGN_OR_RETURN(const log::RawView raw, log::DecodeRaw(*value));
  return std::string(raw.json);
}

}  // namespace mailtrail::query
