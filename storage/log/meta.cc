#include "storage/log/meta.h"

#include <functional>
#include <map>

#include "absl/strings/escaping.h"
#include "storage/base/codec.h"
#include "storage/base/status.h"

namespace mailtrail::log {
namespace {

constexpr std::string_view kFormat = "format";
constexpr std::string_view kStoreId = "store_id";
constexpr std::string_view kKeyCheck = "key_check";
constexpr std::string_view kHead = "head";
constexpr std::string_view kFloor = "floor";
constexpr std::string_view kEra = "era";
constexpr std::string_view kIndexSet = "index_set";
constexpr std::string_view kAccepting = "accepting";
constexpr std::string_view kGap = "gap";

constexpr std::size_t kIdBytes = 16;

void Put(std::string_view key, std::string_view value, kv::Batch& batch) {
  batch.Put(kv::FamilyId::kMeta, key, value);
}

std::string NumberedKey(std::string_view name, std::uint32_t number) {
  std::string key(name);
  AppendU32(key, number);
  return key;
}

// Each takes one row's value, and tells whether it could be read.

bool TakeId(std::string_view value, std::string& id) {
  id = value;
  return value.size() == kIdBytes;
}

bool TakeHead(std::string_view value, Head& head) {
  Reader reader(value);
  head.sequence.value = reader.U64();
  head.received_time.value = static_cast<std::int64_t>(reader.U48());
  return reader.AtEnd();
}

bool TakeFloor(std::string_view value, Sequence& floor) {
  Reader reader(value);
  floor.value = reader.U64();
  return reader.AtEnd() && floor.value >= 1;
}

bool TakeIndexSet(std::string_view value, storage::v1::IndexSet& set) {
  Reader reader(value);
  const std::uint16_t number = reader.U16();
  return reader.ok() &&
         set.ParseFromArray(reader.Rest().data(), static_cast<int>(reader.Rest().size())) &&
         set.number() == number;
}

bool TakeAccepting(std::string_view value, std::optional<Accepting>& accepting) {
  Reader reader(value);
  Accepting& taken = accepting.emplace();
  const std::uint8_t state = reader.U8();
  taken.accepting = state == 1;
  taken.since_second = reader.U32();
  taken.stored_second = reader.U32();
  return reader.AtEnd() && state <= 1;
}

// Eras are numbered from 1 without holes, and a walk meets them in order.
bool TakeEra(std::string_view number, std::string_view value, std::vector<Era>& eras) {
  Reader key(number);
  Reader reader(value);
  Era& era = eras.emplace_back();
  era.id = reader.U64();
  era.first.value = reader.U64();
  era.start_second = reader.U32();
  return key.U32() == eras.size() && key.AtEnd() && reader.AtEnd() && era.first.value >= 1;
}

bool TakeGap(std::string_view start, std::string_view value, std::vector<Gap>& gaps) {
  Reader key(start);
  Reader reader(value);
  Gap& gap = gaps.emplace_back();
  gap.start_second = key.U32();
  gap.end_second = reader.U32();
  return key.AtEnd() && reader.AtEnd();
}

// A row of another name is of a later release that did not need to raise the format.
bool Take(std::string_view key, std::string_view value, Meta& meta) {
  if (key == kFormat) return true;
  if (key == kStoreId) return TakeId(value, meta.store_id);
  if (key == kKeyCheck) return TakeId(value, meta.key_check);
  if (key == kHead) return TakeHead(value, meta.head);
  if (key == kFloor) return TakeFloor(value, meta.floor);
  if (key == kIndexSet) return TakeIndexSet(value, meta.index_set);
  if (key == kAccepting) return TakeAccepting(value, meta.accepting);
  if (key.starts_with(kEra)) return TakeEra(key.substr(kEra.size()), value, meta.eras);
  if (key.starts_with(kGap)) return TakeGap(key.substr(kGap.size()), value, meta.gaps);
  return true;
}

absl::Status CheckFormat(const std::map<std::string, std::string, std::less<>>& rows, Meta& meta) {
  const auto row = rows.find(kFormat);
  if (row == rows.end()) {
    return absl::DataLossError("the store's meta rows do not name their format");
  }
  Reader reader(row->second);
  meta.format = reader.U32();
  if (!reader.AtEnd()) return absl::DataLossError("meta row format cannot be read");
  if (meta.format > kFormatVersion) {
    return MakeStatus(absl::StatusCode::kFailedPrecondition, "the data directory has format ",
                      meta.format, ", but this release reads formats up to ", kFormatVersion,
                      ": start the newer release that wrote it");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<Meta>> ReadMeta(const kv::Snapshot& snapshot) {
  std::map<std::string, std::string, std::less<>> rows;
  const auto walk = snapshot.NewWalk(kv::FamilyId::kMeta, {}, kv::Direction::kForward);
  for (walk->SeekToFirst(); walk->Valid(); walk->Next()) {
    rows.emplace(walk->key(), walk->value());
  }
  MT_RETURN_IF_ERROR(walk->status());
  if (rows.empty()) return std::optional<Meta>();

  // The format first: what else stands there only means something once it is known.
  Meta meta;
  MT_RETURN_IF_ERROR(CheckFormat(rows, meta));
  for (const auto& [key, value] : rows) {
    if (!Take(key, value, meta)) {
      return MakeStatus(absl::StatusCode::kDataLoss, "meta row ", absl::CHexEscape(key),
                        " cannot be read");
    }
  }
  if (meta.store_id.empty() || meta.key_check.empty() || meta.eras.empty() ||
      !rows.contains(kHead)) {
    return absl::DataLossError("the store's meta rows are incomplete");
  }
  return std::optional<Meta>(std::move(meta));
}

void PutIdentity(const Meta& meta, kv::Batch& batch) {
  std::string format;
  AppendU32(format, meta.format);
  Put(kFormat, format, batch);
  Put(kStoreId, meta.store_id, batch);
  Put(kKeyCheck, meta.key_check, batch);
}

void PutHead(const Head& head, kv::Batch& batch) {
  std::string value;
  AppendU64(value, head.sequence.value);
  AppendU48(value, head.received_time.value);
  Put(kHead, value, batch);
}

void PutFloor(Sequence floor, kv::Batch& batch) {
  std::string value;
  AppendU64(value, floor.value);
  Put(kFloor, value, batch);
}

void PutEra(std::uint32_t index, const Era& era, kv::Batch& batch) {
  std::string value;
  AppendU64(value, era.id);
  AppendU64(value, era.first.value);
  AppendU32(value, era.start_second);
  Put(NumberedKey(kEra, index), value, batch);
}

void PutIndexSet(const storage::v1::IndexSet& set, kv::Batch& batch) {
  std::string value;
  AppendU16(value, static_cast<std::uint16_t>(set.number()));
  value += set.SerializeAsString();
  Put(kIndexSet, value, batch);
}

void PutAccepting(const Accepting& accepting, kv::Batch& batch) {
  std::string value;
  AppendU8(value, accepting.accepting ? 1 : 0);
  AppendU32(value, accepting.since_second);
  AppendU32(value, accepting.stored_second);
  Put(kAccepting, value, batch);
}

void PutGap(const Gap& gap, kv::Batch& batch) {
  std::string value;
  AppendU32(value, gap.end_second);
  Put(NumberedKey(kGap, gap.start_second), value, batch);
}

}  // namespace mailtrail::log
