#pragma once

// A watcher's reading: query's scan that starts at a cursor, one bounded step at a time. History,
// live tail, slow reader and reconnect are this one code path.

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/feed/hub.h"
#include "storage/log/era.h"
#include "storage/query/events.h"

namespace mailtrail::feed {

// What one step gave. Everything that matches up to `position` has been handed out.
struct Step {
  std::vector<query::FoundEvent> events;
  log::Sequence position;
  // True when the step ended at the head as it was when it began: wait for a wake. False after a
  // step that was full or had read what it may: go on at once.
  bool at_head = false;
  query::Cost cost;
};

// One watcher's place and filter. Used by one thread at a time. Keeps nothing in the store: no
// iterator, no snapshot.
class Reader {
 public:
  // `start`: everything up to it counts as seen.
  Reader(const query::Events& events, const log::Log& log, query::EventFilter filter,
         log::Sequence start)
      : events_(events), log_(log), filter_(std::move(filter)), position_(start) {}

  // At most `events_max` events. kOutOfRange when the floor has passed the position; kDataLoss;
  // kUnavailable.
  [[nodiscard]] absl::StatusOr<Step> Next(std::size_t events_max, query::WithRaw raw);

  [[nodiscard]] log::Sequence position() const { return position_; }

 private:
  const query::Events& events_;
  const log::Log& log_;
  const query::EventFilter filter_;
  log::Sequence position_;
};

// What a watcher with this filter is woken by: the values of the field with the fewest values that
// has terms, else the message ids, else every commit.
[[nodiscard]] Interest InterestOf(const query::EventFilter& filter,
                                  const index::Preparer& preparer);

}  // namespace mailtrail::feed
