#include "server/api/event_api.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "server/api/error.h"
#include "server/api/event_filter.h"
#include "server/api/event_to_proto.h"
#include "server/api/limits.h"
#include "storage/base/status.h"
#include "storage/mail/fingerprint.h"

namespace mailtrail::server::api {
namespace {

using Request = v1::ListEventsRequest;

absl::StatusOr<query::Order> OrderOf(Request::Order order) {
  switch (order) {
    case Request::ORDER_UNSPECIFIED:
    case Request::ORDER_NEWEST_FIRST:
      return query::Order::kNewestFirst;
    case Request::ORDER_OLDEST_FIRST:
      return query::Order::kOldestFirst;
    default:
      return FieldError(v1::ERROR_REASON_FIELD_INVALID, "order",
                        "this server knows NEWEST_FIRST and OLDEST_FIRST");
  }
}

absl::StatusOr<std::size_t> PageSizeOf(std::int32_t page_size) {
  if (page_size < 0) {
    return FieldError(v1::ERROR_REASON_FIELD_INVALID, "page_size", "must not be negative");
  }
  return static_cast<std::size_t>(page_size == 0 ? kPageSizeDefault
                                                 : std::min(page_size, kPageSizeMax));
}

PageBinding BindingFor(const v1::EventFilter& filter, query::Order order) {
  return BindingOf(PagedMethod::kListEvents,
                   std::string(1, static_cast<char>(order)) + filter.SerializeAsString());
}

// Where the page begins: at the token's place, or at the head.
absl::StatusOr<PagePlace> PlaceOf(const Shared& shared, const PageBinding& binding,
                                  const std::string& token, std::span<const log::Era> eras) {
  const log::Sequence head = shared.backend().log.head(0);
  if (token.empty()) {
    return PagePlace{.era_id = log::CursorAt(eras, head).era_id, .as_of = head, .position = {}};
  }
  MT_ASSIGN_OR_RETURN(const PagePlace place, shared.page_tokens().Parse(binding, token));
  // A store that was put back to an earlier state has another history behind it.
  if (place.as_of > head || log::CursorAt(eras, place.as_of).era_id != place.era_id) {
    return PageTokenInvalid();
  }
  return place;
}

// Adds events up to the limit of bytes; true when all are in, else `position` is the last one's.
bool AddEvents(const query::ScanResult& result, const EventShape& shape,
               v1::ListEventsResponse& response, log::Sequence& position) {
  std::size_t bytes = 0;
  for (const query::FoundEvent& found : result.events) {
    v1::Event event = ToProto(found, shape);
    bytes += event.ByteSizeLong();
    if (bytes > kPageBytesMax && response.events_size() > 0) return false;
    *response.add_events() = std::move(event);
    position = found.sequence;
  }
  return true;
}

}  // namespace

absl::Status EventApi::GetEvent(const v1::GetEventRequest& request,
                                v1::GetEventResponse& response) {
  if (request.id().empty()) {
    return FieldError(v1::ERROR_REASON_FIELD_REQUIRED, "id", "must be set");
  }
  MT_ASSIGN_OR_RETURN(const v1::EventView view, ViewOf(request.view()));
  const std::optional<mail::EventId> id = mail::ParseEventId(request.id());
  if (!id) {
    return FieldError(v1::ERROR_REASON_FIELD_INVALID, "id",
                      "an event id is an SES message id, '-' and 16 characters");
  }
  const auto found = shared_.backend().events.Get(*id, RawFor(view));
  if (absl::IsNotFound(found.status())) {
    return MakeError(v1::ERROR_REASON_EVENT_NOT_FOUND,
                     "no event of this id: it was never received, or has expired");
  }
  if (!found.ok()) return FromStorage(found.status());
  const std::vector<log::Era> eras = shared_.backend().log.eras();
  *response.mutable_event() = ToProto(*found, shared_.ShapeFor(eras, view));
  return absl::OkStatus();
}

absl::Status EventApi::ListEvents(const v1::ListEventsRequest& request,
                                  v1::ListEventsResponse& response) {
  const Backend& backend = shared_.backend();
  MT_ASSIGN_OR_RETURN(const v1::EventView view, ViewOf(request.view()));
  MT_ASSIGN_OR_RETURN(const query::Order order, OrderOf(request.order()));
  MT_ASSIGN_OR_RETURN(const std::size_t page_size, PageSizeOf(request.page_size()));
  MT_ASSIGN_OR_RETURN(const query::EventFilter filter,
                      ToEventFilter(request.filter(), {backend.sources, backend.indexed_headers}));
  const std::vector<log::Era> eras = backend.log.eras();
  const PageBinding binding = BindingFor(request.filter(), order);
  MT_ASSIGN_OR_RETURN(PagePlace place, PlaceOf(shared_, binding, request.page_token(), eras));

  query::Scan scan{.filter = &filter,
                   .order = order,
                   .as_of = place.as_of,
                   .events_max = page_size,
                   .raw = RawFor(view)};
  if (!request.page_token().empty()) scan.after = place.position;
  const auto result = backend.events.Run(scan);
  if (!result.ok()) return FromStorage(result.status());

  log::Sequence position = result->position;
  const bool all = AddEvents(*result, shared_.ShapeFor(eras, view), response, position);
  if (!all || !result->exhausted) {
    place.position = all ? result->position : position;
    response.set_next_page_token(shared_.page_tokens().Format(binding, place));
  }
  response.set_cursor(shared_.cursors().At(eras, place.as_of));
  if (request.explain()) AddCost(result->cost, *response.mutable_explain());
  return absl::OkStatus();
}

}  // namespace mailtrail::server::api
