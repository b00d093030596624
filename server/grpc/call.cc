#include "server/grpc/call.h"

#include "server/grpc/status.h"
#include "storage/base/text.h"
#include "storage/base/time.h"

namespace mailtrail::server::wire {

Call::Call(Wire& wire, std::string_view method)
    : wire_(wire), metrics_(wire.metrics.Of(method)), started_ms_(wire.clock.SteadyMillis()) {}

::grpc::Status Call::End(const absl::Status& status) const {
  const auto millis = static_cast<double>(wire_.clock.SteadyMillis() - started_ms_);
  metrics_.Ended(status.code(), millis / static_cast<double>(kMillisPerSecond));
  if (IsOurFault(status.code())) {
    wire_.logger.Write(LogLevel::kError, "rpc_failed",
                       {{"method", metrics_.method()},
                        {"code", absl::StatusCodeToString(status.code())},
                        {"cause", Cat(status.message())}});
  }
  return ToGrpc(status);
}

}  // namespace mailtrail::server::wire
