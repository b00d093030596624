#pragma once

// What became of a message.

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/index/prepared.h"
#include "storage/kv/store.h"
#include "storage/log/log.h"
#include "storage/mail/fold.h"
#include "storage/query/found.h"
#include "storage/query/limits.h"

namespace mailtrail::query {

enum class WithTrail : std::uint8_t { kNo, kYes };

struct MessageAnswer {
  mail::MessageStatus status;
  std::uint16_t source = 0;  // Number of the source of the event that the origin is taken from.
  std::vector<FoundEvent> trail;  // In the trail's order, at most kTrailEventsMax.
  bool trail_truncated = false;
  bool engagement_at_least = false;  // There are more rows of engagement than kMessageRowsMax.
  log::Sequence as_of;
  Cost cost;
};

// Thread-safe.
class Messages {
 public:
  Messages(kv::Store& store, const log::Log& log, const index::Preparer& preparer)
      : store_(store), log_(log), preparer_(preparer) {}

  // kNotFound when nothing was ever heard of the id.
  [[nodiscard]] absl::StatusOr<MessageAnswer> Get(std::string_view message_id,
                                                  WithTrail trail) const;

 private:
  kv::Store& store_;
  const log::Log& log_;
  const index::Preparer& preparer_;
};

}  // namespace mailtrail::query
