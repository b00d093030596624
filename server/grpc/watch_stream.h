#pragma once

#include <cstdint>
#include <memory>

#include "mailtrail/v1/event_service.pb.h"
#include "server/api/watch.h"
#include "server/grpc/pumped_stream.h"

namespace mailtrail::server::wire {

// WatchEvents on the wire. `shared` must outlive the server.
class WatchStream final : public PumpedStream<v1::WatchEventsResponse> {
 public:
  WatchStream(Wire& wire, api::Shared& shared, const v1::WatchEventsRequest& request);

 private:
  [[nodiscard]] absl::StatusOr<Turn> Next(v1::WatchEventsResponse& response) override;
  [[nodiscard]] std::int64_t due() const override { return watch_->due(); }
  [[nodiscard]] absl::Status EndedBy(absl::Status why) const override;
  void Release() override;

  api::Shared& shared_;
  const v1::WatchEventsRequest request_;
  std::unique_ptr<api::Watch> watch_;  // From the first turn on: to open it may read.
};

}  // namespace mailtrail::server::wire
