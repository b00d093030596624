#pragma once

// The log of a store on one machine: family `events`, sequence u64 -> record.

#include <atomic>
#include <string>
#include <vector>

#include "storage/kv/store.h"
#include "storage/log/log.h"
#include "storage/log/meta.h"

namespace mailtrail::log {

[[nodiscard]] std::string EventsKey(Sequence sequence);
// kDataLoss when `key` is none.
[[nodiscard]] absl::StatusOr<Sequence> ParseEventsKey(std::string_view key);

// Thread-safe. `store` must outlive it.
class LocalLog final : public Log {
 public:
  // `meta`: as the store was opened with, its era included.
  LocalLog(kv::Store& store, const Meta& meta);

  absl::StatusOr<std::vector<Entry>> Read(const ReadOptions& options) const override;
  Sequence head(Partition partition) const override;
  Sequence floor(Partition partition) const override;
  std::vector<Era> eras() const override;

  // The writer's, after the batch is durable: from now on readers see it.
  void Publish(Sequence head);

 private:
  kv::Store& store_;
  const std::vector<Era> eras_;
  std::atomic<std::uint64_t> head_;
  std::atomic<std::uint64_t> floor_;
};

}  // namespace mailtrail::log
