#include "storage/writer/applier.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "storage/base/status.h"
#include "storage/index/seen.h"
#include "storage/log/local_log.h"
#include "storage/log/raw.h"

namespace mailtrail::writer {

Applier::Applier(kv::Store& store) : store_(store), projections_(index::MakeProjections(store)) {}

absl::StatusOr<std::vector<Applier::Standing>> Applier::Judge(
    std::span<const index::Prepared* const> events) const {
  std::vector<Standing> standings;
  if (events.empty()) return standings;
  std::vector<std::string> keys;
  keys.reserve(events.size());
  for (const index::Prepared* event : events) {
    keys.push_back(index::SeenKey(event->event_time, event->header.fingerprint));
  }
  MT_ASSIGN_OR_RETURN(const auto snapshot, store_.TakeSnapshot());
  MT_ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> rows,
                      snapshot->MultiGet(kv::FamilyId::kSeen, keys));
  standings.reserve(events.size());
  std::unordered_set<std::string_view> in_batch;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (rows[i]) {
      standings.push_back(Standing::kInStore);
    } else {
      standings.push_back(in_batch.insert(keys[i]).second ? Standing::kNew : Standing::kInBatch);
    }
  }
  return standings;
}

absl::Status Applier::Lay(std::span<const index::Prepared> events, kv::Batch& batch) {
  for (const index::Prepared& event : events) {
    batch.Put(kv::FamilyId::kEvents, log::EventsKey(event.sequence),
              log::EncodeRecord(event.header, event.body));
    if (!event.raw.empty()) {
      batch.Put(kv::FamilyId::kRaw, log::RawKey(event.message, event.sequence),
                log::EncodeRaw(event.header.retention_class, event.header.clamped_time, event.raw));
    }
    for (const auto& projection : projections_) {
      MT_RETURN_IF_ERROR(projection->Apply(event, batch));
    }
  }
  for (const auto& projection : projections_) projection->Finish(batch);
  return absl::OkStatus();
}

void Applier::Forget() {
  for (const auto& projection : projections_) projection->Forget();
}

}  // namespace mailtrail::writer
