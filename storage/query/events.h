#pragma once

// Events by id, and in the log's order by filter.

#include <cstddef>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/index/prepared.h"
#include "storage/kv/store.h"
#include "storage/log/log.h"
#include "storage/mail/fingerprint.h"
#include "storage/query/event_filter.h"
#include "storage/query/found.h"
#include "storage/query/limits.h"

namespace mailtrail::query {

// One page of a listing, or one step of a watch: the same code path.
struct Scan {
  const EventFilter* filter = nullptr;
  Order order = Order::kNewestFirst;
  // Oldest first: events after it. Newest first: events before it; nullopt begins at as_of.
  std::optional<log::Sequence> after;
  // Nothing above it is shown, on any page.
  log::Sequence as_of;
  std::size_t events_max = 0;             // At least 1.
  std::size_t bytes_max = kPageBytesMax;  // The event that reaches it is the page's last.
  // However small, each step gets on. What a plan reads has limits of its own, and comes on top.
  std::int64_t entries_max = kEntriesReadMax;
  WithRaw raw = WithRaw::kNo;
};

struct ScanResult {
  std::vector<FoundEvent> events;
  // Everything up to here (in the order of the scan) is in `events` or does not match: go on after
  // it.
  log::Sequence position;
  // Nothing is left between position and the end of the scan (as_of, or the floor of look-ups).
  bool exhausted = false;
  Cost cost;
};

// Thread-safe; holds references to store and log.
class Events {
 public:
  Events(kv::Store& store, const log::Log& log, const index::Preparer& preparer)
      : store_(store), log_(log), preparer_(preparer) {}

  // kNotFound when there is none. kResourceExhausted never: a message's rows are scanned up to
  // kMessageRowsMax, and an event beyond is not found.
  [[nodiscard]] absl::StatusOr<FoundEvent> Get(const mail::EventId& id, WithRaw raw) const;

  // A bounded step. kInvalidArgument for a filter that cannot be planned; kDataLoss when index and
  // log disagree; kUnavailable while the store is being reopened.
  [[nodiscard]] absl::StatusOr<ScanResult> Run(const Scan& scan) const;

  // The last sequence whose received_time is below `t`: a stream that starts after it misses
  // nothing received from `t` on. By binary search in the log.
  [[nodiscard]] absl::StatusOr<log::Sequence> LastBefore(UnixMillis t, log::Sequence as_of) const;

 private:
  kv::Store& store_;
  const log::Log& log_;
  const index::Preparer& preparer_;
};

// True when the record passes every field of the filter, judged on the record alone: an event that
// does not tell its message's header Message-ID does not match one, though its message has it. So
// what a list shows never depends on what came later, and a watch shows the same.
[[nodiscard]] bool Matches(const EventFilter& filter, const log::RecordHeader& header,
                           const storage::v1::Event& event);

}  // namespace mailtrail::query
