#include "storage/writer/opening.h"

#include <algorithm>
#include <optional>

#include "storage/base/codec.h"
#include "storage/base/status.h"
#include "storage/index/index_set.h"
#include "storage/log/local_log.h"
#include "storage/log/record.h"
#include "storage/writer/accepting_ledger.h"

namespace mailtrail::writer {
namespace {

constexpr std::size_t kStoreIdBytes = 16;

// The rows, or nullopt for a store that nothing was ever written to.
absl::StatusOr<std::optional<log::Meta>> ReadRows(kv::Store& store) {
  MT_ASSIGN_OR_RETURN(const auto snapshot, store.TakeSnapshot());
  MT_ASSIGN_OR_RETURN(std::optional<log::Meta> meta, log::ReadMeta(*snapshot));
  if (!meta) {
    const auto walk = snapshot->NewWalk(kv::FamilyId::kEvents, {}, kv::Direction::kForward);
    walk->SeekToFirst();
    MT_RETURN_IF_ERROR(walk->status());
    if (walk->Valid()) {
      return absl::DataLossError(
          "the store has events but has lost its meta rows: restore it from a backup");
    }
  }
  return meta;
}

absl::StatusOr<StoreKeys> MakeOrReadKeys(const std::filesystem::path& path) {
  absl::StatusOr<std::string> secret = ReadKeyFile(path);
  if (absl::IsNotFound(secret.status())) secret = CreateKeyFile(path);
  MT_RETURN_IF_ERROR(secret.status());
  return DeriveKeys(*secret);
}

absl::StatusOr<StoreKeys> ReadFittingKeys(const std::filesystem::path& path,
                                          const log::Meta& meta) {
  const absl::StatusOr<std::string> secret = ReadKeyFile(path);
  if (absl::IsNotFound(secret.status())) {
    return MakeStatus(absl::StatusCode::kFailedPrecondition, "the key file ", path.string(),
                      " is absent, and the store can only be read with the key it was made with: "
                      "put that file back, or name its place with --key-file");
  }
  MT_RETURN_IF_ERROR(secret.status());
  MT_ASSIGN_OR_RETURN(StoreKeys keys, DeriveKeys(*secret));
  if (keys.check_value != meta.key_check) {
    return MakeStatus(absl::StatusCode::kFailedPrecondition, "the key in ", path.string(),
                      " is not the one that the store was made with: name the right file with "
                      "--key-file");
  }
  return keys;
}

absl::Status WriteSynced(kv::Store& store, const kv::Batch& batch, std::string_view what) {
  return Annotate(store.Write(batch, kv::Durability::kSynced), Cat("writing ", what));
}

std::uint64_t RandomId() { return Reader(RandomBytes(sizeof(std::uint64_t))).U64(); }

// Begins the era from the head on. It never begins before the last one, whatever the clock says:
// cursors of lost eras are judged by when eras began.
void AddEra(log::Meta& meta, UnixMillis now, kv::Batch& batch) {
  std::uint32_t second = SecondOf(now);
  if (!meta.eras.empty()) second = std::max(second, meta.eras.back().start_second);
  meta.eras.push_back({RandomId(), {meta.head.sequence.value + 1}, second});
  log::PutEra(static_cast<std::uint32_t>(meta.eras.size()), meta.eras.back(), batch);
}

absl::StatusOr<log::Meta> WriteFirstRows(kv::Store& store, const StoreKeys& keys, UnixMillis now) {
  log::Meta meta;
  meta.store_id = RandomBytes(kStoreIdBytes);
  meta.key_check = keys.check_value;
  kv::Batch batch;
  log::PutIdentity(meta, batch);
  log::PutHead(meta.head, batch);
  log::PutFloor(meta.floor, batch);
  AddEra(meta, now, batch);
  MT_RETURN_IF_ERROR(WriteSynced(store, batch, "the store's first rows"));
  return meta;
}

// The gap is known up to now only. The writer makes the same row longer when pushes are accepted.
void AddGap(log::Meta& meta, UnixMillis now, kv::Batch& batch) {
  const std::optional<log::Gap> gap = GapUntil(meta.accepting, SecondOf(now));
  if (!gap) return;
  if (!meta.gaps.empty() && meta.gaps.back().start_second == gap->start_second) {
    meta.gaps.pop_back();
  }
  meta.gaps.push_back(*gap);
  log::PutGap(*gap, batch);
}

absl::Status BeginEra(kv::Store& store, log::Meta& meta, UnixMillis now) {
  kv::Batch batch;
  AddEra(meta, now, batch);
  AddGap(meta, now, batch);
  return WriteSynced(store, batch, "the new era");
}

// 'From here on this is indexed', as a record of the log.
absl::Status AppendIndexSet(kv::Store& store, storage::v1::IndexSet set, UnixMillis now,
                            log::Meta& meta) {
  set.set_number(meta.index_set.number() + 1);
  storage::v1::Control control;
  *control.mutable_index_set() = set;
  const log::Head head{{meta.head.sequence.value + 1}, now};
  log::RecordHeader header;
  header.kind = log::RecordKind::kControl;
  header.retention_class = mail::RetentionClass::kControl;
  header.clamped_time = now;
  header.received_time = now;
  header.index_set = static_cast<std::uint16_t>(set.number());
  kv::Batch batch;
  batch.Put(kv::FamilyId::kEvents, log::EventsKey(head.sequence),
            log::EncodeRecord(header, control.SerializeAsString()));
  log::PutIndexSet(set, batch);
  log::PutHead(head, batch);
  MT_RETURN_IF_ERROR(WriteSynced(store, batch, "what is indexed"));
  meta.index_set = std::move(set);
  meta.head = head;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Opened> OpenStore(kv::Store& store, const OpeningOptions& options,
                                 const Clock& clock) {
  absl::StatusOr<storage::v1::IndexSet> set =
      index::MakeIndexSet(options.indexed_tags, options.indexed_headers);
  if (!set.ok()) return absl::FailedPreconditionError(set.status().message());

  MT_ASSIGN_OR_RETURN(std::optional<log::Meta> meta, ReadRows(store));
  Opened opened;
  if (!meta) {
    MT_ASSIGN_OR_RETURN(opened.keys, MakeOrReadKeys(options.key_file));
    const UnixMillis now = clock.Now();
    MT_ASSIGN_OR_RETURN(opened.meta, WriteFirstRows(store, opened.keys, now));
  } else {
    opened.meta = *std::move(meta);
    MT_ASSIGN_OR_RETURN(opened.keys, ReadFittingKeys(options.key_file, opened.meta));
    MT_RETURN_IF_ERROR(
        BeginEra(store, opened.meta, std::max(clock.Now(), opened.meta.head.received_time)));
  }
  if (!index::SameIndexSet(*set, opened.meta.index_set)) {
    const UnixMillis now = std::max(clock.Now(), opened.meta.head.received_time);
    MT_RETURN_IF_ERROR(AppendIndexSet(store, *std::move(set), now, opened.meta));
  }
  return opened;
}

absl::StatusOr<Opened> OpenForReading(kv::Store& store, const std::filesystem::path& key_file) {
  MT_ASSIGN_OR_RETURN(std::optional<log::Meta> meta, ReadRows(store));
  if (!meta) {
    return absl::FailedPreconditionError(
        "the data directory holds an empty store: the server makes its rows when it first starts");
  }
  Opened opened;
  opened.meta = *std::move(meta);
  MT_ASSIGN_OR_RETURN(opened.keys, ReadFittingKeys(key_file, opened.meta));
  return opened;
}

}  // namespace mailtrail::writer
