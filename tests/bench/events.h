#pragma once

// Events for stores that are filled without a server.

#include <cstdint>
#include <memory>
#include <vector>

#include "clients/cli/demo/life_cycle.h"
#include "mailtrail/storage/v1/event.pb.h"
#include "storage/base/key_file.h"
#include "storage/index/prepared.h"
#include "storage/index/projection.h"
#include "storage/kv/store.h"

namespace mailtrail::bench {

// Turns life cycles into batches of rows, as the writer would write them, without writing them.
class BatchMaker {
 public:
  // `store`: for the projections, which read rows that they do not hold.
  BatchMaker(kv::Store& store, const StoreKeys& keys, std::uint64_t first_sequence);

  // The rows of the next `events` events.
  [[nodiscard]] kv::Batch Next(std::size_t events);
  [[nodiscard]] std::uint64_t last() const { return sequence_; }

 private:
  [[nodiscard]] demo::DemoEvent NextEvent();
  void Lay(const demo::DemoEvent& event, kv::Batch& batch);

  const index::Preparer preparer_;
  const std::vector<std::unique_ptr<index::Projection>> projections_;
  storage::v1::IndexSet index_set_;
  demo::LifeCycles cycles_{7};
  std::vector<demo::DemoEvent> pending_;
  std::size_t next_ = 0;
  UnixMillis now_{1'795'168'800'000};
  std::uint64_t sequence_;
};

}  // namespace mailtrail::bench
