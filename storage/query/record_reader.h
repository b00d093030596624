#pragma once

// From a record's bytes to what an answer shows.

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "mailtrail/storage/v1/event.pb.h"
#include "storage/index/prepared.h"
#include "storage/kv/store.h"
#include "storage/log/record.h"
#include "storage/log/sequence.h"

namespace mailtrail::query {

// kDataLoss when the body is no event.
[[nodiscard]] absl::StatusOr<storage::v1::Event> ParseEvent(log::Sequence sequence,
                                                            std::string_view body);

// SES's JSON of the event; empty when it is gone.
[[nodiscard]] absl::StatusOr<std::string> ReadRaw(const kv::Snapshot& snapshot,
                                                  const mail::MessageKey& message,
                                                  log::Sequence sequence);

}  // namespace mailtrail::query
