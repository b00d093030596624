#pragma once

// Where a watch starts, and how often it must speak: the parts of a WatchEventsRequest beside its
// filter.

#include <cstdint>

#include "absl/status/statusor.h"
#include "mailtrail/v1/event_service.pb.h"
#include "server/api/shared.h"
#include "storage/query/event_filter.h"

namespace mailtrail::server::api {

// The place after which the watch begins. A start_time in the future begins at the head, and makes
// the filter leave out what is received before it. CURSOR_MALFORMED, CURSOR_TOO_OLD,
// CURSOR_OF_LOST_HISTORY, FIELD_INVALID, and storage's errors.
[[nodiscard]] absl::StatusOr<log::Sequence> StartOf(const Shared& shared,
                                                    const v1::WatchEventsRequest& request,
                                                    query::EventFilter& filter);

// Milliseconds between responses, clamped. FIELD_INVALID for a duration that is none, or negative.
[[nodiscard]] absl::StatusOr<std::int64_t> ProgressMsOf(const v1::WatchEventsRequest& request);

}  // namespace mailtrail::server::api
