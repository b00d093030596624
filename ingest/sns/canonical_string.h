#pragma once

#include <string_view>
#include <vector>

#include "ingest/sns/envelope.h"

namespace mailtrail::ingest::sns {

// The text that SNS signs, in pieces that lie in the envelope, so that the message is not copied:
// "name\nvalue\n" for each signed field, in byte order of the names, the values as they were sent.
// Valid as long as the envelope stays where it is.
[[nodiscard]] std::vector<std::string_view> CanonicalPieces(const Envelope& envelope);

}  // namespace mailtrail::ingest::sns
