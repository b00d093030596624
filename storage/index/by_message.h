#pragma once

// by_message: a message's events together, so that trail and fold are one short scan.
//
//   key   := message 16 bytes, part u8 (0 life cycle, 1 engagement), sequence u64
//   value := record, the same as in `events`

#include <string>

#include "absl/status/statusor.h"
#include "storage/index/projection.h"

namespace mailtrail::index {

// Start of all keys of a message, or of one part of it.
[[nodiscard]] std::string ByMessagePrefix(const mail::MessageKey& message);
[[nodiscard]] std::string ByMessagePrefix(const mail::MessageKey& message, mail::Part part);
[[nodiscard]] std::string ByMessageKey(const mail::MessageKey& message, mail::Part part,
                                       log::Sequence sequence);

struct ByMessagePlace {
  mail::MessageKey message;
  mail::Part part;
  log::Sequence sequence;
};
[[nodiscard]] absl::StatusOr<ByMessagePlace> ParseByMessageKey(std::string_view key);

[[nodiscard]] std::unique_ptr<Projection> MakeByMessage();

}  // namespace mailtrail::index
