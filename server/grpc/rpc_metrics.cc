#include "server/grpc/rpc_metrics.h"

#include <utility>
#include <vector>

namespace mailtrail::server::wire {
namespace {

// From a look-up in memory to a stream that lives until the end of its age.
const std::vector<double>& SecondsBounds() {
  static const std::vector<double> kBounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                              0.25,   0.5,   1,      5,     60,   600,   3600};
  return kBounds;
}

}  // namespace

MethodMetrics::MethodMetrics(MetricRegistry& registry, std::string method)
    : registry_(registry),
      method_(std::move(method)),
      seconds_(registry.GetHistogram("mailtrail_grpc_call_seconds",
                                     "How long calls took, from their start to their status.",
                                     {{"method", method_}}, SecondsBounds())),
      open_streams_(registry.GetGauge("mailtrail_grpc_open_streams",
                                      "Streams that are open, by method.", {{"method", method_}})) {
}

void MethodMetrics::Ended(absl::StatusCode code, double seconds) {
  std::atomic<Counter*>& slot = calls_.at(static_cast<std::size_t>(code));
  Counter* counter = slot.load(std::memory_order_acquire);
  if (counter == nullptr) {  // Two threads get the same one from the registry.
    counter = &registry_.GetCounter(
        "mailtrail_grpc_calls_total", "Calls that ended, by method and status code.",
        {{"method", method_}, {"code", absl::StatusCodeToString(code)}});
    slot.store(counter, std::memory_order_release);
  }
  counter->Increment();
  seconds_.Observe(seconds);
}

MethodMetrics& RpcMetrics::Of(std::string_view method) {
  MutexLock lock(mu_);
  const auto found = methods_.find(method);
  if (found != methods_.end()) return *found->second;
  auto made = std::make_unique<MethodMetrics>(registry_, std::string(method));
  return *methods_.emplace(std::string(method), std::move(made)).first->second;
}

}  // namespace mailtrail::server::wire
