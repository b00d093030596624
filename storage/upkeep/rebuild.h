#pragma once

// Reads the log in order, and writes all that follows from it anew.

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "storage/index/projection.h"
#include "storage/kv/store.h"
#include "storage/log/meta.h"
#include "storage/log/record.h"
#include "storage/upkeep/findings.h"

namespace mailtrail::upkeep {

// One run over one store. Not thread-safe.
class Rebuild {
 public:
  // All must outlive it. The rebuilt families go to `scratch`, and for each event the start of its
  // row in `raw` (all that follows from the log).
  Rebuild(const log::Meta& meta, const index::Preparer& preparer, kv::Store& scratch,
          Findings& findings);

  [[nodiscard]] absl::Status Run(const kv::Snapshot& snapshot);

  [[nodiscard]] std::uint64_t events() const { return events_; }
  [[nodiscard]] std::uint64_t control_records() const { return control_records_; }

 private:
  [[nodiscard]] absl::Status Take(log::Sequence sequence, std::string_view record);
  void TakeControl(log::Sequence sequence, const log::RecordView& record);
  [[nodiscard]] absl::Status TakeEvent(log::Sequence sequence, std::string_view record,
                                       const log::RecordView& view);
  void CheckTimes(log::Sequence sequence, const log::RecordHeader& header);
  const storage::v1::IndexSet& IndexSetOf(log::Sequence sequence, std::uint16_t number);
  [[nodiscard]] absl::Status Flush();

  const log::Meta& meta_;
  const index::Preparer& preparer_;
  kv::Store& scratch_;
  Findings& findings_;
  const std::vector<std::unique_ptr<index::Projection>> projections_;
  std::map<std::uint32_t, storage::v1::IndexSet> index_sets_;
  kv::Batch batch_;
  log::Head last_;
  std::uint64_t events_ = 0;
  std::uint64_t control_records_ = 0;
};

}  // namespace mailtrail::upkeep
