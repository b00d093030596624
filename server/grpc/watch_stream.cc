#include "server/grpc/watch_stream.h"

#include <utility>

#include "storage/base/status.h"

namespace mailtrail::server::wire {

WatchStream::WatchStream(Wire& wire, api::Shared& shared, const v1::WatchEventsRequest& request)
    : PumpedStream(wire, "mailtrail.v1.EventService/WatchEvents"),
      shared_(shared),
      request_(request) {}

absl::StatusOr<WatchStream::Turn> WatchStream::Next(v1::WatchEventsResponse& response) {
  if (watch_ == nullptr) {
    // The hub calls until Release, and this is alive until then.
    MT_ASSIGN_OR_RETURN(watch_, api::Watch::Open(shared_, request_, [this] { Wake(); }));
  }
  return watch_->Next(response);
}

absl::Status WatchStream::EndedBy(absl::Status why) const {
  return watch_ == nullptr ? why : watch_->EndedBy(std::move(why));
}

void WatchStream::Release() {
  if (watch_ != nullptr) watch_->StopWaking();
}

}  // namespace mailtrail::server::wire
