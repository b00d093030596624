#pragma once

#include "absl/status/status.h"
#include "mailtrail/v1/event_service.pb.h"
#include "server/api/shared.h"

namespace mailtrail::server::api {

// EventService's unary calls, as event_service.proto documents them; every error has its ErrorInfo.
// Thread-safe; `shared` must outlive it.
class EventApi {
 public:
  explicit EventApi(Shared& shared) : shared_(shared) {}

  // Quick: one message's rows.
  [[nodiscard]] absl::Status GetEvent(const v1::GetEventRequest& request,
                                      v1::GetEventResponse& response);
  // Up to some 50 ms: not for threads that must not wait.
  [[nodiscard]] absl::Status ListEvents(const v1::ListEventsRequest& request,
                                        v1::ListEventsResponse& response);

 private:
  Shared& shared_;
};

}  // namespace mailtrail::server::api
