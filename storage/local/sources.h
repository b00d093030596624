#pragma once

// sources: the configured sources that this store has ever met, under numbers that are never
// reused.
//
//   key   := number u16
//   value := protobuf mailtrail.storage.v1.Source

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "mailtrail/storage/v1/local.pb.h"
#include "storage/kv/store.h"

namespace mailtrail::local {

struct SourceRow {
  std::uint16_t number = 0;  // From 1.
  storage::v1::Source source;
};

// By number, ascending.
[[nodiscard]] absl::StatusOr<std::vector<SourceRow>> ListSources(const kv::Snapshot& snapshot);
void PutSource(const SourceRow& row, kv::Batch& batch);

}  // namespace mailtrail::local
