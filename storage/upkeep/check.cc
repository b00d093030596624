#include "storage/upkeep/check.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "storage/base/status.h"
#include "storage/index/prepared.h"
#include "storage/log/meta.h"
#include "storage/log/raw.h"
#include "storage/upkeep/findings.h"
#include "storage/upkeep/rebuild.h"

namespace mailtrail::upkeep {
namespace {

// One family as stored and as rebuilt, walked side by side.
class SideBySide {
 public:
  // Each is called for a key, in order: it is only stored, only rebuilt, or both.
  struct Visitor {
    std::function<void(const kv::Walk& stored)> only_stored;
    std::function<void(const kv::Walk& rebuilt)> only_rebuilt;
    std::function<void(const kv::Walk& stored, const kv::Walk& rebuilt)> both;
  };

  SideBySide(const kv::Snapshot& store, const kv::Snapshot& scratch, kv::FamilyId family)
      : stored_(store.NewWalk(family, {}, kv::Direction::kForward, kv::Access::kScan)),
        rebuilt_(scratch.NewWalk(family, {}, kv::Direction::kForward, kv::Access::kScan)) {}

  [[nodiscard]] absl::Status Visit(const Visitor& visitor) {
    stored_->SeekToFirst();
    rebuilt_->SeekToFirst();
    while (stored_->Valid() || rebuilt_->Valid()) {
      if (!rebuilt_->Valid() || (stored_->Valid() && stored_->key() < rebuilt_->key())) {
        visitor.only_stored(*stored_);
        stored_->Next();
      } else if (!stored_->Valid() || rebuilt_->key() < stored_->key()) {
        visitor.only_rebuilt(*rebuilt_);
        rebuilt_->Next();
      } else {
        visitor.both(*stored_, *rebuilt_);
        stored_->Next();
        rebuilt_->Next();
      }
    }
    MT_RETURN_IF_ERROR(stored_->status());
    return rebuilt_->status();
  }

 private:
  std::unique_ptr<kv::Walk> stored_;
  std::unique_ptr<kv::Walk> rebuilt_;
};

absl::Status CompareDerived(SideBySide sides, kv::FamilyId family, Findings& findings) {
  return sides.Visit({
      .only_stored =
          [&](const kv::Walk& stored) {
            findings.AddRow(family);
            findings.Add(family, stored.key(), "does not follow from the log");
          },
      .only_rebuilt =
          [&](const kv::Walk& rebuilt) { findings.Add(family, rebuilt.key(), "is missing"); },
      .both =
          [&](const kv::Walk& stored, const kv::Walk& rebuilt) {
            findings.AddRow(family);
            if (stored.value() != rebuilt.value()) {
              findings.Add(family, stored.key(), "differs from what follows from the log");
            }
          },
  });
}

// What was rebuilt of `raw` is the start of each row.
absl::Status CompareRaw(SideBySide sides, Findings& findings, std::uint64_t& without_raw) {
  constexpr kv::FamilyId kRaw = kv::FamilyId::kRaw;
  return sides.Visit({
      .only_stored =
          [&](const kv::Walk& stored) {
            findings.AddRow(kRaw);
            findings.Add(kRaw, stored.key(), "belongs to no event");
          },
      .only_rebuilt = [&](const kv::Walk& /*rebuilt*/) { ++without_raw; },
      .both =
          [&](const kv::Walk& stored, const kv::Walk& rebuilt) {
            findings.AddRow(kRaw);
            if (!stored.value().starts_with(rebuilt.value())) {
              findings.Add(kRaw, stored.key(), "differs from its event in version, class or time");
            }
          },
  });
}

// `seen` has one row an event, unless two records are the same event.
absl::Status CheckEachOnce(const kv::Snapshot& scratch, std::uint64_t events, Findings& findings) {
  std::uint64_t different = 0;
  const auto walk =
      scratch.NewWalk(kv::FamilyId::kSeen, {}, kv::Direction::kForward, kv::Access::kScan);
  for (walk->SeekToFirst(); walk->Valid(); walk->Next()) ++different;
  MT_RETURN_IF_ERROR(walk->status());
  if (different != events) {
    findings.AddAt(kv::FamilyId::kEvents, "the whole log",
                   Cat("has ", events - different, " events a second time"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CheckReport> Check(kv::Store& store, kv::Store& scratch, const StoreKeys& keys) {
  MT_ASSIGN_OR_RETURN(const auto snapshot, store.TakeSnapshot());
  MT_ASSIGN_OR_RETURN(const std::optional<log::Meta> meta, log::ReadMeta(*snapshot));
  if (!meta) return absl::FailedPreconditionError("the store is empty");

  CheckReport report;
  Findings findings(report);
  const index::Preparer preparer(keys);
  Rebuild rebuild(*meta, preparer, scratch, findings);
  MT_RETURN_IF_ERROR(rebuild.Run(*snapshot));
  report.events = rebuild.events();
  report.control_records = rebuild.control_records();

  MT_ASSIGN_OR_RETURN(const auto rebuilt, scratch.TakeSnapshot());
  MT_RETURN_IF_ERROR(CheckEachOnce(*rebuilt, report.events, findings));
  MT_RETURN_IF_ERROR(CompareRaw(SideBySide(*snapshot, *rebuilt, kv::FamilyId::kRaw), findings,
                                report.events_without_raw));
  for (const kv::Family& family : kv::kFamilies) {
    if (family.origin != kv::Origin::kDerived) continue;
    MT_RETURN_IF_ERROR(
        CompareDerived(SideBySide(*snapshot, *rebuilt, family.id), family.id, findings));
  }
  return report;
}

}  // namespace mailtrail::upkeep
