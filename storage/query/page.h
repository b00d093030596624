#pragma once

// A page while it is filled: takes candidates in the order of the scan, reads and checks their
// records, and knows when it is full.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "storage/query/events.h"

namespace mailtrail::query {

// What a page reads from. All must outlive it.
struct PageParts {
  const kv::Snapshot& snapshot;
  const log::Log& log;
  const index::Preparer& preparer;
};

// Not thread-safe.
class Page {
 public:
  Page(const PageParts& parts, const Scan& scan) : parts_(parts), scan_(scan) {}

  // `record`: where the source has read it. Others are put by and read in groups: the next Add with
  // a record, a whole group, or Flush() reads them.
  [[nodiscard]] absl::Status Add(log::Sequence sequence, std::optional<std::string_view> record);
  [[nodiscard]] absl::Status Flush();

  // No more is taken: by events, bytes or records read. What was put by after the event that filled
  // the page has been dropped.
  [[nodiscard]] bool full() const;
  // The last sequence that was judged.
  [[nodiscard]] std::optional<log::Sequence> judged() const { return judged_; }

  [[nodiscard]] std::vector<FoundEvent> TakeEvents() { return std::move(events_); }
  [[nodiscard]] std::int64_t records_read() const { return records_read_; }

 private:
  [[nodiscard]] std::size_t GroupSize() const;
  // `fetched`: the record was read for this, and counted; else it is when its body is.
  [[nodiscard]] absl::Status Judge(log::Sequence sequence, std::string_view record, bool fetched);

  const PageParts parts_;
  const Scan& scan_;
  std::vector<FoundEvent> events_;
  std::size_t bytes_ = 0;
  std::int64_t records_read_ = 0;
  std::optional<log::Sequence> judged_;
  std::vector<log::Sequence> put_by_;
};

}  // namespace mailtrail::query
