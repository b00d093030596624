#include "storage/local/sources.h"

#include "storage/base/codec.h"
#include "storage/local/row_codec.h"

namespace mailtrail::local {

absl::StatusOr<std::vector<SourceRow>> ListSources(const kv::Snapshot& snapshot) {
  std::vector<SourceRow> rows;
  const auto walk = snapshot.NewWalk(kv::FamilyId::kSources, {}, kv::Direction::kForward);
  for (walk->SeekToFirst(); walk->Valid(); walk->Next()) {
    Reader key(walk->key());
    SourceRow& row = rows.emplace_back();
    row.number = key.U16();
    if (!key.AtEnd()) return absl::DataLossError("key of sources has the wrong length");
    MT_ASSIGN_OR_RETURN(row.source,
                        ParseValue<storage::v1::Source>(kv::FamilyId::kSources, walk->value()));
  }
  MT_RETURN_IF_ERROR(walk->status());
  return rows;
}

void PutSource(const SourceRow& row, kv::Batch& batch) {
  std::string key;
  AppendU16(key, row.number);
  batch.Put(kv::FamilyId::kSources, key, row.source.SerializeAsString());
}

}  // namespace mailtrail::local
