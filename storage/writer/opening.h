#pragma once

// Opening a store: the key fits, the format is ours, an era begins, the index set is what the
// configuration says. Done once, before the writer and before any reader.

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "mailtrail/storage/v1/event.pb.h"
#include "storage/base/clock.h"
#include "storage/base/key_file.h"
#include "storage/kv/store.h"
#include "storage/log/meta.h"

namespace mailtrail::writer {

struct OpeningOptions {
  std::filesystem::path key_file;
  // What is to be indexed besides the built-in kinds. See IndexSet.
  std::vector<std::string> indexed_tags;     // Automatic tags ("ses:...") by name.
  std::vector<std::string> indexed_headers;  // At most 8.
};

struct Opened {
  StoreKeys keys;
  log::Meta meta;  // With the new era.
};

// First start (no `meta` row): makes and syncs the key file, unless there is one; then format,
// store id, check value and era 1; then the CONTROL record of index set 1. Later starts: checks key
// and format, appends an era, closes a gap in reception, and appends a CONTROL record when the
// index set changed. Each step is synced before the next.
//
// kFailedPrecondition, in one sentence for the operator: a key that is absent beside a store with
// events, or does not fit; a newer format; too many headers.
[[nodiscard]] absl::StatusOr<Opened> OpenStore(kv::Store& store, const OpeningOptions& options,
                                               const Clock& clock);

// The same checks without writing anything: for `check`. kFailedPrecondition also for an empty
// store.
[[nodiscard]] absl::StatusOr<Opened> OpenForReading(kv::Store& store,
                                                    const std::filesystem::path& key_file);

}  // namespace mailtrail::writer
