#pragma once

#include <cstddef>
#include <filesystem>

namespace mailtrail::bench {

// What a bare store costs: the same rows as the server writes, in synced batches of `batch_events`
// events, made beforehand, background work included.
struct BareStore {
  double cpu_micros_per_event = 0;
  double events_per_second = 0;  // One thread that does nothing else.
};

[[nodiscard]] BareStore MeasureBareStore(const std::filesystem::path& folder, std::size_t events,
                                         std::size_t batch_events);

}  // namespace mailtrail::bench
