#include "storage/index/time_map.h"

#include <map>
#include <set>

#include "storage/base/codec.h"
#include "storage/base/status.h"
#include "storage/index/limits.h"

namespace mailtrail::index {
namespace {

class TimeMap final : public Projection {
 public:
  explicit TimeMap(kv::Store& store) : store_(store) {}

  std::string_view name() const override { return "time_map"; }
  kv::FamilyId family() const override { return kv::FamilyId::kTimeMap; }

  absl::Status Apply(const Prepared& prepared, kv::Batch& /*batch*/) override {
    const std::uint32_t hour = HourOf(prepared.header.clamped_time);
    auto held = hours_.find(hour);
    if (held == hours_.end()) {
      MT_ASSIGN_OR_RETURN(std::vector<SequenceRange> stored, Read(hour));
      held = hours_.emplace(hour, std::move(stored)).first;
    }
    AddToRanges(prepared.sequence, held->second);
    changed_.insert(hour);
    return absl::OkStatus();
  }

  void Finish(kv::Batch& batch) override {
    for (const std::uint32_t hour : changed_) {
      batch.Put(family(), TimeMapKey(hour), EncodeTimeMapRow(hours_.at(hour)));
    }
    changed_.clear();
    // The oldest go: most events are of the last hours.
    while (hours_.size() > kTimeMapHoursHeldMax) hours_.erase(hours_.begin());
  }

  void Forget() override {
    hours_.clear();
    changed_.clear();
  }

 private:
  [[nodiscard]] absl::StatusOr<std::vector<SequenceRange>> Read(std::uint32_t hour) const {
    MT_ASSIGN_OR_RETURN(const auto snapshot, store_.TakeSnapshot());
    const absl::StatusOr<std::string> row = snapshot->Get(family(), TimeMapKey(hour));
    if (absl::IsNotFound(row.status())) return std::vector<SequenceRange>();
    MT_RETURN_IF_ERROR(row.status());
    return ParseTimeMapRow(*row);
  }

  kv::Store& store_;
  std::map<std::uint32_t, std::vector<SequenceRange>> hours_;
  std::set<std::uint32_t> changed_;  // Hours that the open batch has still to write.
};

void MergeNearest(std::vector<SequenceRange>& ranges) {
  std::size_t nearest = 0;
  const auto gap = [&ranges](std::size_t i) {
    return ranges[i + 1].first.value - ranges[i].last.value;
  };
  for (std::size_t i = 1; i + 1 < ranges.size(); ++i) {
    if (gap(i) < gap(nearest)) nearest = i;
  }
  ranges[nearest].last = ranges[nearest + 1].last;
  ranges.erase(ranges.begin() + static_cast<std::ptrdiff_t>(nearest) + 1);
}

}  // namespace

std::string TimeMapKey(std::uint32_t hour) {
  std::string key;
  AppendU32(key, hour);
  return key;
}

absl::StatusOr<std::uint32_t> ParseTimeMapKey(std::string_view key) {
  Reader reader(key);
  const std::uint32_t hour = reader.U32();
  if (!reader.AtEnd()) return absl::DataLossError("key of time_map cannot be read");
  return hour;
}

absl::StatusOr<std::vector<SequenceRange>> ParseTimeMapRow(std::string_view value) {
  Reader reader(value);
  std::vector<SequenceRange> ranges;
  while (reader.ok() && !reader.AtEnd()) {
    SequenceRange& range = ranges.emplace_back();
    range.first.value = reader.U64();
    range.last.value = reader.U64();
  }
  if (!reader.ok() || ranges.empty() || ranges.size() > kTimeMapRangesMax) {
    return absl::DataLossError("row of time_map cannot be read");
  }
  return ranges;
}

std::string EncodeTimeMapRow(const std::vector<SequenceRange>& ranges) {
  std::string value;
  for (const SequenceRange& range : ranges) {
    AppendU64(value, range.first.value);
    AppendU64(value, range.last.value);
  }
  return value;
}

void AddToRanges(log::Sequence sequence, std::vector<SequenceRange>& ranges) {
  if (!ranges.empty() && ranges.back().last.value + 1 == sequence.value) {
    ranges.back().last = sequence;
    return;
  }
  ranges.push_back({sequence, sequence});
  if (ranges.size() > kTimeMapRangesMax) MergeNearest(ranges);
}

std::unique_ptr<Projection> MakeTimeMap(kv::Store& store) {
  return std::make_unique<TimeMap>(store);
}

}  // namespace mailtrail::index
