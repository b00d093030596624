#pragma once

// A projection: rows that follow from the log and from nothing else. Who adds an index adds a file
// with its grammar and a line in MakeProjections().

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "storage/index/prepared.h"
#include "storage/kv/store.h"

namespace mailtrail::index {

// Used by one thread at a time: the writer's, or a rebuild's.
class Projection {
 public:
  virtual ~Projection() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual kv::FamilyId family() const = 0;
  // Adds the event's rows. REQUIRES: an EVENT with sequence, received and clamped time filled in;
  // records come in the log's order. Reads the store at most for rows that are not in memory.
  [[nodiscard]] virtual absl::Status Apply(const Prepared& prepared, kv::Batch& batch) = 0;
  // The batch is complete: rows that were held back to be written once go in.
  virtual void Finish(kv::Batch& /*batch*/) {}
  // A batch was not written: forget what was remembered from it.
  virtual void Forget() {}
};

// One of each, over `store`, which must outlive them.
[[nodiscard]] std::vector<std::unique_ptr<Projection>> MakeProjections(kv::Store& store);

}  // namespace mailtrail::index
