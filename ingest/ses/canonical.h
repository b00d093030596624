#pragma once

// The bytes that a fingerprint is made from. On disk, as hashes: a change here makes every event
// that is sent again a new one. Golden values are in tests/ingest/ses/canonical_test.cc.
//
// The form, over JSON values (not over the decoded event, so that a decoder that learns a field
// changes nothing):
// - The document's object without its member `mail`. So the type key is in, which tells the two
// forms
//   apart.
// - No white space. Members of an object sorted by their keys' UTF-8 bytes, after unescaping.
// - The elements of an array that is the member `bouncedRecipients`, `complainedRecipients`,
//   `delayedRecipients` or `recipients` of any object: sorted by their canonical bytes, since SES
//   promises no order. Elements of other arrays: in their order.
// - Strings in UTF-8, with the escapes of RFC 8785: \" \\ \b \f \n \r \t, \u00xx in lower case for
//   other characters below U+0020, nothing else. Half a surrogate pair counts as U+FFFD (json.h).
// - Integers in decimal. Other numbers as std::to_chars writes them: the shortest text that reads
// back
//   to the same double. Numbers are values: 1.0 and 1 are both "1".
// - true, false, null.

#include <string>

#include "absl/status/statusor.h"
#include "simdjson.h"

namespace mailtrail::ingest::ses {

// Two members of one object with the same key are refused, kInvalidArgument `duplicate-key`: which
// of them counts would depend on the reader.
[[nodiscard]] absl::StatusOr<std::string> CanonicalBytes(const simdjson::dom::object& document);

// The same for an object that is not part of the canonical bytes, without looking deeper.
[[nodiscard]] absl::Status CheckUniqueKeys(const simdjson::dom::object& object);

}  // namespace mailtrail::ingest::ses
