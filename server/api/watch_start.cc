#include "server/api/watch_start.h"

#include <algorithm>
#include <optional>

#include "server/api/error.h"
#include "server/api/limits.h"
#include "server/api/time_proto.h"
#include "storage/base/status.h"

namespace mailtrail::server::api {
namespace {

using Request = v1::WatchEventsRequest;

absl::StatusOr<log::Sequence> StartAtTime(const Backend& backend, const Request& request,
                                          query::EventFilter& filter) {
  const std::optional<UnixMillis> time = FromTimestamp(request.start_time());
  if (!time) {
    return FieldError(v1::ERROR_REASON_FIELD_INVALID, "start_time",
                      "is no time between the years 1 and 9999");
  }
  const log::Sequence head = backend.log.head(0);
  const auto before = backend.events.LastBefore(*time, head);
  if (!before.ok()) return FromStorage(before.status());
  if (*before >= head) {
    UnixMillis& start = filter.received_time.start.emplace(
        std::max(*time, filter.received_time.start.value_or(*time)));
    if (filter.received_time.end) start = std::min(start, *filter.received_time.end);
  }
  return std::max(*before, log::Sequence{backend.log.floor(0).value - 1});
}

absl::StatusOr<log::Sequence> StartAtPosition(const log::Log& log, Request::Position position) {
  switch (position) {
    case Request::POSITION_UNSPECIFIED:
    case Request::POSITION_HEAD:
      return log.head(0);
    case Request::POSITION_OLDEST:
      return log::Sequence{log.floor(0).value - 1};
    default:
      return FieldError(v1::ERROR_REASON_FIELD_INVALID, "position",
                        "this server knows HEAD and OLDEST");
  }
}

}  // namespace

absl::StatusOr<log::Sequence> StartOf(const Shared& shared, const v1::WatchEventsRequest& request,
                                      query::EventFilter& filter) {
  const Backend& backend = shared.backend();
  switch (request.start_case()) {
    case Request::kCursor:
      return shared.cursors().Resolve(backend.log, request.cursor());
    case Request::kStartTime:
      return StartAtTime(backend, request, filter);
    case Request::kPosition:
    case Request::START_NOT_SET:
      break;
  }
  return StartAtPosition(backend.log, request.position());
}

absl::StatusOr<std::int64_t> ProgressMsOf(const v1::WatchEventsRequest& request) {
  if (!request.has_progress_interval()) return kProgressMsDefault;
  const std::optional<std::int64_t> asked = FromDuration(request.progress_interval());
  if (!asked || *asked < 0) {
    return FieldError(v1::ERROR_REASON_FIELD_INVALID, "progress_interval",
                      "must be a duration that is not negative");
  }
  return std::clamp(*asked, kProgressMsMin, kProgressMsMax);
}

}  // namespace mailtrail::server::api
