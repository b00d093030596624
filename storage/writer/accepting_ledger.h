#pragma once

// What `meta` says of the times when pushes were accepted, so that gaps in reception are known to
// the minute, also those that end in a crash.

#include <chrono>
#include <cstdint>
#include <optional>

#include "storage/kv/batch.h"
#include "storage/log/meta.h"

namespace mailtrail::writer {

// The time up to `now_second` in which nothing was accepted, as far as the stored row tells: since
// it says so, or since the last heartbeat when the next one is overdue.
[[nodiscard]] std::optional<log::Gap> GapUntil(const std::optional<log::Accepting>& stored,
                                               std::uint32_t now_second);

// Not thread-safe.
class AcceptingLedger {
 public:
  // `stored`: as `meta` has it.
  explicit AcceptingLedger(const std::optional<log::Accepting>& stored) : stored_(stored) {}

  // Adds the rows of a change, or of a heartbeat that is due; a gap that ends is one row more.
  // `now_second` is the writer's time, `steady_millis` the steady clock's.
  void Lay(bool accepting, std::uint32_t now_second, std::int64_t steady_millis, kv::Batch& batch);

  // The batch with the rows is durable.
  void Commit();

  // Until Lay has something to say again if nothing changes.
  [[nodiscard]] std::chrono::milliseconds UntilDue(std::int64_t steady_millis) const;

 private:
  struct Laid {
    log::Accepting row;
    std::int64_t steady_millis = 0;
  };

  std::optional<log::Accepting> stored_;
  std::optional<Laid> laid_;                   // In the open batch.
  std::optional<std::int64_t> stored_steady_;  // When this process last stored it.
};

}  // namespace mailtrail::writer
