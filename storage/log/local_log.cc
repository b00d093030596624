#include "storage/log/local_log.h"

#include <utility>

#include "storage/base/codec.h"
#include "storage/base/status.h"

namespace mailtrail::log {

std::string EventsKey(Sequence sequence) {
  std::string key;
  AppendU64(key, sequence.value);
  return key;
}

absl::StatusOr<Sequence> ParseEventsKey(std::string_view key) {
  Reader reader(key);
  const Sequence sequence{reader.U64()};
  if (!reader.AtEnd()) return absl::DataLossError("key of events has the wrong length");
  return sequence;
}

LocalLog::LocalLog(kv::Store& store, const Meta& meta)
    : store_(store), eras_(meta.eras), head_(meta.head.sequence.value), floor_(meta.floor.value) {}

absl::StatusOr<std::vector<Entry>> LocalLog::Read(const ReadOptions& options) const {
  // The head first, the walk second: rows at or below the head are then in the walk's view.
  const Sequence end = head(options.partition);
  std::vector<Entry> entries;
  if (options.from <= end) {
    MT_ASSIGN_OR_RETURN(const auto snapshot, store_.TakeSnapshot());
    const auto walk = snapshot->NewWalk(kv::FamilyId::kEvents,
                                        {EventsKey(options.from), EventsKey({end.value + 1})},
                                        kv::Direction::kForward);
    walk->SeekToFirst();
    std::size_t bytes = 0;
    const auto full = [&] {
      return entries.size() >= options.records_max || bytes >= options.bytes_max;
    };
    Sequence wanted = options.from;
    for (; wanted <= end && (entries.empty() || !full()); ++wanted.value, walk->Next()) {
      if (!walk->Valid()) {
        MT_RETURN_IF_ERROR(walk->status());
        break;
      }
      MT_ASSIGN_OR_RETURN(const Sequence found, ParseEventsKey(walk->key()));
      if (found != wanted) break;
      entries.push_back({wanted, std::string(walk->value())});
      bytes += walk->value().size();
    }
    // The floor last: it may have risen, and taken rows, while we read.
    if (wanted <= end && (entries.empty() || !full()) && options.from >= floor(options.partition)) {
      return MakeStatus(absl::StatusCode::kDataLoss, "the log has no record ", wanted.value,
                        ", but its head is ", end.value);
    }
  }
  if (const Sequence lowest = floor(options.partition); options.from < lowest) {
    return MakeStatus(absl::StatusCode::kOutOfRange, "records before ", lowest.value,
                      " are no longer kept");
  }
  return entries;
}

Sequence LocalLog::head(Partition /*partition*/) const { return {head_.load()}; }

Sequence LocalLog::floor(Partition /*partition*/) const { return {floor_.load()}; }

std::vector<Era> LocalLog::eras() const { return eras_; }

void LocalLog::Publish(Sequence head) { head_.store(head.value); }

}  // namespace mailtrail::log
