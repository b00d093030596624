#pragma once

// What is indexed, as a numbered set. A record carries the number of the set that it was prepared
// with, so a rebuild yields the same rows whatever the configuration says by then.

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "mailtrail/storage/v1/event.pb.h"
#include "storage/index/term.h"

namespace mailtrail::index {

// The set of this release's built-in kinds and normal forms with the given names, which may come in
// any order and repeat. Its number is 0: whoever opens the store gives it one. kInvalidArgument, in
// a sentence, for more than kIndexedHeadersMax headers, an empty name, or a tag that is not
// automatic (the user's own are always indexed).
[[nodiscard]] absl::StatusOr<storage::v1::IndexSet> MakeIndexSet(
    const std::vector<std::string>& automatic_tags, const std::vector<std::string>& headers);

// True when both index the same, whatever their numbers.
[[nodiscard]] bool SameIndexSet(const storage::v1::IndexSet& a, const storage::v1::IndexSet& b);

// True when records of the set have terms of this kind.
[[nodiscard]] bool Indexes(const storage::v1::IndexSet& set, TermKind kind);
// `name`: in lower case.
[[nodiscard]] bool IndexesHeader(const storage::v1::IndexSet& set, std::string_view name);
// The user's own tags always, SES's automatic ones ("ses:...") by name.
[[nodiscard]] bool IndexesTag(const storage::v1::IndexSet& set, std::string_view name);

}  // namespace mailtrail::index
