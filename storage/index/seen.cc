#include "storage/index/seen.h"

#include "storage/base/codec.h"
#include "storage/base/status.h"

namespace mailtrail::index {
namespace {

class Seen final : public Projection {
 public:
  std::string_view name() const override { return "seen"; }
  kv::FamilyId family() const override { return kv::FamilyId::kSeen; }
  absl::Status Apply(const Prepared& prepared, kv::Batch& batch) override {
    std::string value;
    AppendU64(value, prepared.sequence.value);
    AppendU8(value, static_cast<std::uint8_t>(prepared.header.retention_class));
    AppendU32(value, HourOf(prepared.header.clamped_time));
    batch.Put(family(), SeenKey(prepared.event_time, prepared.header.fingerprint), value);
    return absl::OkStatus();
  }
};

}  // namespace

std::string SeenKey(UnixMillis event_time, const mail::Fingerprint& fingerprint) {
  std::string key;
  AppendU32(key, MinuteOf(event_time));
  key += fingerprint.view();
  return key;
}

absl::StatusOr<SeenRow> ParseSeenRow(std::string_view value) {
  Reader reader(value);
  SeenRow row{};
  row.sequence.value = reader.U64();
  row.retention_class = static_cast<mail::RetentionClass>(reader.U8());
  row.clamped_hour = reader.U32();
  if (!reader.AtEnd()) return absl::DataLossError("row of seen cannot be read");
  return row;
}

std::unique_ptr<Projection> MakeSeen() { return std::make_unique<Seen>(); }

}  // namespace mailtrail::index
