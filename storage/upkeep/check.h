#pragma once

// Is the store what its log says? Every derived family is rebuilt from `events` and compared byte
// for byte, both ways. Finds lost, changed and invented rows; changes nothing.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/base/key_file.h"
#include "storage/kv/store.h"

namespace mailtrail::upkeep {

// Without any content of mail: keys hold hashes only, and are shown in hexadecimal.
struct Difference {
  std::string_view family;
  std::string place;  // "sequence 17", or "key 00f3...".
  std::string what;   // "is missing".
};

struct FamilyCheck {
  std::string_view family;
  std::uint64_t rows = 0;         // As stored.
  std::uint64_t differences = 0;  // All of them, described or not.
};

struct CheckReport {
  std::vector<FamilyCheck> families;    // Of log and derived families, in the table's order.
  std::vector<Difference> differences;  // The first kDifferencesDescribedMax.
  std::uint64_t events = 0;
  std::uint64_t control_records = 0;
  // Events without SES's JSON. No difference: it may be kept for a shorter time than the event.
  std::uint64_t events_without_raw = 0;

  [[nodiscard]] bool clean() const { return differences.empty(); }
};

// Checks that
//   - `events` is dense from the floor to the head, and no longer; received_time never falls; no
//   event is
//     there twice; each record can be read and is about the message it says;
//   - each derived family has exactly the rows that follow from `events`;
//   - each row of `raw` belongs to an event, and says the same about its class and time.
//
// `scratch`: an empty store that the rebuilt rows are written to, so that memory stays bounded; of
// the derived families' size. Nobody may write to either store meanwhile: a snapshot of `store` is
// held for as long as the check takes.
//
// kFailedPrecondition for an empty store; an error of a store when one cannot be read or written.
// What a report says is no error.
[[nodiscard]] absl::StatusOr<CheckReport> Check(kv::Store& store, kv::Store& scratch,
                                                const StoreKeys& keys);

}  // namespace mailtrail::upkeep
