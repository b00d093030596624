#include "tests/bench/bare_store.h"

#include <chrono>
#include <cstdlib>
#include <vector>

#include "storage/kv/rocks/open.h"
#include "tests/bench/cpu_time.h"
#include "tests/bench/events.h"

namespace mailtrail::bench {

BareStore MeasureBareStore(const std::filesystem::path& folder, std::size_t events,
                           std::size_t batch_events) {
  auto store = kv::rocks::Open({.folder = folder}, NoLogger(), NoMetrics());
  const auto keys = DeriveKeys(std::string(32, 'k'));
  if (!store.ok() || !keys.ok()) std::abort();
  BatchMaker maker(**store, *keys, 1);
  std::vector<kv::Batch> batches;
  for (std::size_t made = 0; made < events; made += batch_events) {
    batches.push_back(maker.Next(batch_events));
  }
  const double cpu_start = CpuSeconds();
  const auto start = std::chrono::steady_clock::now();
  for (const kv::Batch& batch : batches) {
    if (!(*store)->Write(batch, kv::Durability::kSynced).ok()) std::abort();
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  const auto written = static_cast<double>(batches.size() * batch_events);
  return {.cpu_micros_per_event = (CpuSeconds() - cpu_start) * 1e6 / written,
          .events_per_second = written / seconds.count()};
}

}  // namespace mailtrail::bench
