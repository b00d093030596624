#include "storage/upkeep/rebuild.h"

#include <algorithm>

#include "storage/base/status.h"
#include "storage/log/local_log.h"
#include "storage/log/raw.h"
#include "storage/upkeep/limits.h"

namespace mailtrail::upkeep {
namespace {

constexpr kv::FamilyId kEvents = kv::FamilyId::kEvents;

}  // namespace

Rebuild::Rebuild(const log::Meta& meta, const index::Preparer& preparer, kv::Store& scratch,
                 Findings& findings)
    : meta_(meta),
      preparer_(preparer),
      scratch_(scratch),
      findings_(findings),
      projections_(index::MakeProjections(scratch)) {
  index_sets_[meta.index_set.number()] = meta.index_set;
}

absl::Status Rebuild::Run(const kv::Snapshot& snapshot) {
  log::Sequence wanted = meta_.floor;
  const auto walk = snapshot.NewWalk(kEvents, {log::EventsKey(wanted), std::nullopt},
                                     kv::Direction::kForward, kv::Access::kScan);
  for (walk->SeekToFirst(); walk->Valid(); walk->Next()) {
    findings_.AddRow(kEvents);
    const absl::StatusOr<log::Sequence> found = log::ParseEventsKey(walk->key());
    if (!found.ok()) {
      findings_.Add(kEvents, walk->key(), "is no key");
      continue;
    }
    if (*found > meta_.head.sequence) {
      findings_.Add(kEvents, *found, "is beyond the head");
      continue;
    }
    for (; wanted < *found; ++wanted.value) findings_.Add(kEvents, wanted, "is missing");
    ++wanted.value;
    MT_RETURN_IF_ERROR(Take(*found, walk->value()));
  }
  MT_RETURN_IF_ERROR(walk->status());
  for (; wanted <= meta_.head.sequence; ++wanted.value) {
    findings_.Add(kEvents, wanted, "is missing");
  }
  if (last_.sequence == meta_.head.sequence && last_.received_time != meta_.head.received_time) {
    findings_.Add(kEvents, last_.sequence, "was received at another time than the head says");
  }
  return Flush();
}

absl::Status Rebuild::Take(log::Sequence sequence, std::string_view record) {
  const absl::StatusOr<log::RecordView> view = log::DecodeRecord(record);
  if (!view.ok()) {
    findings_.Add(kEvents, sequence, FromAbsl(view.status().message()));
    return absl::OkStatus();
  }
  CheckTimes(sequence, view->header);
  if (view->header.kind == log::RecordKind::kControl) {
    TakeControl(sequence, *view);
    return absl::OkStatus();
  }
  return TakeEvent(sequence, record, *view);
}

void Rebuild::CheckTimes(log::Sequence sequence, const log::RecordHeader& header) {
  if (header.received_time < last_.received_time) {
    findings_.Add(kEvents, sequence, "was received before the record before it");
  }
  if (header.clamped_time > header.received_time) {
    findings_.Add(kEvents, sequence, "happened after it was received");
  }
  last_ = {sequence, std::max(last_.received_time, header.received_time)};
}

void Rebuild::TakeControl(log::Sequence sequence, const log::RecordView& record) {
  ++control_records_;
  storage::v1::Control control;
  if (!control.ParseFromArray(record.body.data(), static_cast<int>(record.body.size()))) {
    findings_.Add(kEvents, sequence, "is a control record whose body cannot be read");
    return;
  }
  if (control.has_index_set()) index_sets_[control.index_set().number()] = control.index_set();
}

absl::Status Rebuild::TakeEvent(log::Sequence sequence, std::string_view record,
                                const log::RecordView& view) {
  const absl::StatusOr<index::Prepared> prepared =
      preparer_.FromRecord(sequence, record, IndexSetOf(sequence, view.header.index_set));
  if (!prepared.ok()) {
    findings_.Add(kEvents, sequence, FromAbsl(prepared.status().message()));
    return absl::OkStatus();
  }
  ++events_;
  for (const auto& projection : projections_) {
    MT_RETURN_IF_ERROR(projection->Apply(*prepared, batch_));
  }
  batch_.Put(kv::FamilyId::kRaw, log::RawKey(prepared->message, sequence),
             log::EncodeRaw(view.header.retention_class, view.header.clamped_time, {}));
  return batch_.bytes() < kRebuildBatchBytesMax ? absl::OkStatus() : Flush();
}

const storage::v1::IndexSet& Rebuild::IndexSetOf(log::Sequence sequence, std::uint16_t number) {
  if (const auto found = index_sets_.find(number); found != index_sets_.end()) {
    return found->second;
  }
  findings_.Add(kEvents, sequence, "names a set of indexed values that the log does not record");
  return meta_.index_set;
}

absl::Status Rebuild::Flush() {
  for (const auto& projection : projections_) projection->Finish(batch_);
  MT_RETURN_IF_ERROR(scratch_.Write(batch_, kv::Durability::kBuffered));
  batch_.Clear();
  return absl::OkStatus();
}

}  // namespace mailtrail::upkeep
