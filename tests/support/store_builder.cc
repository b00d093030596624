#include "tests/support/store_builder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "gtest/gtest.h"
#include "storage/index/index_set.h"
#include "storage/log/raw.h"
#include "storage/log/record.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

log::Meta StoredMeta(kv::Store& store) {
  const auto snapshot = store.TakeSnapshot();
  EXPECT_OK(snapshot);
  if (!snapshot.ok()) return {};
  const auto meta = log::ReadMeta(**snapshot);
  EXPECT_OK(meta);
  return meta.ok() ? meta->value_or(log::Meta{}) : log::Meta{};
}

}  // namespace

StoreKeys BuilderKeys() {
  std::string secret;
  for (int i = 0; i < 32; ++i) secret.push_back(static_cast<char>(i));
  const auto keys = DeriveKeys(secret);
  EXPECT_OK(keys);
  return keys.ok() ? *keys : StoreKeys{};
}

StoreBuilder::StoreBuilder(kv::Store& store, UnixMillis started, const IndexedNames& indexed)
    : store_(store),
      preparer_(BuilderKeys()),
      projections_(index::MakeProjections(store)),
      meta_(StoredMeta(store)) {
  if (meta_.eras.empty()) {
    meta_.store_id = std::string(16, 's');
    meta_.key_check = BuilderKeys().check_value;
    log::PutIdentity(meta_, batch_);
    log::PutFloor(meta_.floor, batch_);
  }
  const log::Era era{.id = 0xE7A0 + meta_.eras.size(),
                     .first = {meta_.head.sequence.value + 1},
                     .start_second = SecondOf(started)};
  meta_.eras.push_back(era);
  log::PutEra(static_cast<std::uint32_t>(meta_.eras.size()), era, batch_);
  log_ = std::make_unique<log::LocalLog>(store_, meta_);
  PutIndexSet(indexed, started);
  Commit();
}

void StoreBuilder::PutIndexSet(const IndexedNames& indexed, UnixMillis started) {
  auto set = index::MakeIndexSet(indexed.automatic_tags, indexed.headers);
  EXPECT_OK(set);
  if (!set.ok() || (meta_.index_set.number() > 0 && index::SameIndexSet(*set, meta_.index_set))) {
    return;
  }
  set->set_number(meta_.index_set.number() + 1);
  meta_.index_set = *set;
  log::PutIndexSet(*set, batch_);
  storage::v1::Control control;
  *control.mutable_index_set() = *set;
  index::Prepared record;
  record.header.kind = log::RecordKind::kControl;
  record.header.index_set = static_cast<std::uint16_t>(set->number());
  record.header.clamped_time = started;
  record.body = control.SerializeAsString();
  Put(std::move(record), started);
}

log::Sequence StoreBuilder::Append(index::NewEvent event, UnixMillis received) {
  Put(preparer_.Prepare(std::move(event), meta_.index_set), received);
  return last();
}

void StoreBuilder::Put(index::Prepared prepared, UnixMillis received) {
  EXPECT_GE(received, meta_.head.received_time);
  meta_.head = {.sequence = {last().value + 1}, .received_time = received};
  prepared.sequence = last();
  prepared.header.received_time = received;
  prepared.header.clamped_time = std::min(prepared.header.clamped_time, received);
  batch_.Put(kv::FamilyId::kEvents, log::EventsKey(prepared.sequence),
             log::EncodeRecord(prepared.header, prepared.body));
  if (prepared.header.kind == log::RecordKind::kEvent) {
    if (!prepared.raw.empty()) {
      batch_.Put(kv::FamilyId::kRaw, log::RawKey(prepared.message, prepared.sequence),
                 log::EncodeRaw(prepared.header.retention_class, prepared.header.clamped_time,
                                prepared.raw));
    }
    for (const auto& projection : projections_) EXPECT_OK(projection->Apply(prepared, batch_));
  }
  uncommitted_.push_back(std::move(prepared));
}

void StoreBuilder::Commit() {
  for (const auto& projection : projections_) projection->Finish(batch_);
  log::PutHead(meta_.head, batch_);
  EXPECT_OK(store_.Write(batch_, kv::Durability::kSynced));
  batch_.Clear();
  log_->Publish(last());
  if (listener_ != nullptr) listener_->OnCommit(uncommitted_, last());
  uncommitted_.clear();
}

}  // namespace mailtrail::test
