#include "storage/local/quarantine.h"

#include <algorithm>

#include "storage/base/hash.h"
#include "storage/local/row_codec.h"

namespace mailtrail::local {
namespace {

std::string_view View(const PushKey& key) { return {key.data(), key.size()}; }

absl::StatusOr<QuarantineRow> ParseRow(std::string_view key, std::string_view value) {
  QuarantineRow row;
  if (key.size() != row.key.size()) {
    return absl::DataLossError("key of quarantine has the wrong length");
  }
  std::ranges::copy(key, row.key.begin());
  MT_ASSIGN_OR_RETURN(row.push,
                      ParseValue<storage::v1::Quarantined>(kv::FamilyId::kQuarantine, value));
  return row;
}

}  // namespace

PushKey PushKeyOf(const StoreKeys& keys, std::string_view topic_arn,
                  std::string_view sns_message_id) {
  std::string bytes(topic_arn);
  bytes.push_back('\0');
  bytes += sns_message_id;
  return KeyedHash(keys.push).Hash128(bytes);
}

absl::StatusOr<std::vector<QuarantineRow>> ListQuarantine(const kv::Snapshot& snapshot) {
  std::vector<QuarantineRow> rows;
  const auto walk = snapshot.NewWalk(kv::FamilyId::kQuarantine, {}, kv::Direction::kForward);
  for (walk->SeekToFirst(); walk->Valid(); walk->Next()) {
    MT_ASSIGN_OR_RETURN(QuarantineRow row, ParseRow(walk->key(), walk->value()));
    rows.push_back(std::move(row));
  }
  MT_RETURN_IF_ERROR(walk->status());
  return rows;
}

absl::StatusOr<QuarantineRow> GetQuarantined(const kv::Snapshot& snapshot, const PushKey& key) {
  MT_ASSIGN_OR_RETURN(const std::string value, snapshot.Get(kv::FamilyId::kQuarantine, View(key)));
  return ParseRow(View(key), value);
}

void PutQuarantined(const QuarantineRow& row, kv::Batch& batch) {
  batch.Put(kv::FamilyId::kQuarantine, View(row.key), row.push.SerializeAsString());
}

void DeleteQuarantined(const PushKey& key, kv::Batch& batch) {
  batch.Delete(kv::FamilyId::kQuarantine, View(key));
}

}  // namespace mailtrail::local
