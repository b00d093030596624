#include "server/app/store_stack.h"

#include <utility>

#include "storage/base/status.h"

namespace mailtrail::server::app {

absl::StatusOr<std::unique_ptr<StoreStack>> StoreStack::Open(std::unique_ptr<kv::Store> store,
                                                             const writer::OpeningOptions& options,
                                                             const Clock& clock, Logger& logger,
                                                             MetricRegistry& metrics) {
  MT_ASSIGN_OR_RETURN(writer::Opened opened, writer::OpenStore(*store, options, clock));
  return std::make_unique<StoreStack>(std::move(store), std::move(opened), clock, logger, metrics);
}

}  // namespace mailtrail::server::app
