#pragma once

// listings: messages by term, by the second they were sent.
//
//   key   := term u64, sent second u32, message 16 bytes
//   value := (empty)
//
// Written blindly and idempotently from each event. A row counts only if its second equals the
// message's folded sent second. A row of 'unsettled' says 'perhaps'.

#include <string>

#include "absl/status/statusor.h"
#include "storage/index/projection.h"

namespace mailtrail::index {

[[nodiscard]] std::string ListingsPrefix(Term term);
[[nodiscard]] std::string ListingsKey(Term term, std::uint32_t sent_second,
                                      const mail::MessageKey& message);

struct ListingPlace {
  std::uint32_t sent_second;
  mail::MessageKey message;
};
[[nodiscard]] absl::StatusOr<ListingPlace> ParseListingsKey(std::string_view key);

// Keeps a small cache of rows that are durable, since the events of a message repeat most of them.
[[nodiscard]] std::unique_ptr<Projection> MakeListings();

}  // namespace mailtrail::index
