#include "storage/index/by_message.h"

#include <algorithm>

#include "storage/base/codec.h"
#include "storage/base/status.h"

namespace mailtrail::index {
namespace {

class ByMessage final : public Projection {
 public:
  std::string_view name() const override { return "by_message"; }
  kv::FamilyId family() const override { return kv::FamilyId::kByMessage; }
  absl::Status Apply(const Prepared& prepared, kv::Batch& batch) override {
    batch.Put(family(), ByMessageKey(prepared.message, prepared.part, prepared.sequence),
              log::EncodeRecord(prepared.header, prepared.body));
    return absl::OkStatus();
  }
};

}  // namespace

std::string ByMessagePrefix(const mail::MessageKey& message) { return std::string(message.view()); }

std::string ByMessagePrefix(const mail::MessageKey& message, mail::Part part) {
  std::string key = ByMessagePrefix(message);
  AppendU8(key, static_cast<std::uint8_t>(part));
  return key;
}

std::string ByMessageKey(const mail::MessageKey& message, mail::Part part, log::Sequence sequence) {
  std::string key = ByMessagePrefix(message, part);
  AppendU64(key, sequence.value);
  return key;
}

absl::StatusOr<ByMessagePlace> ParseByMessageKey(std::string_view key) {
  Reader reader(key);
  ByMessagePlace place{};
  const std::string_view message = reader.Bytes(place.message.bytes.size());
  const std::uint8_t part = reader.U8();
  place.sequence.value = reader.U64();
  if (!reader.AtEnd() || part > static_cast<std::uint8_t>(mail::Part::kEngagement)) {
    return absl::DataLossError("key of by_message cannot be read");
  }
  std::ranges::copy(message, place.message.bytes.begin());
  place.part = static_cast<mail::Part>(part);
  return place;
}

std::unique_ptr<Projection> MakeByMessage() { return std::make_unique<ByMessage>(); }

}  // namespace mailtrail::index
