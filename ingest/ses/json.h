#pragma once

// Text to simdjson's DOM, within limits.h.

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "simdjson.h"

namespace mailtrail::ingest::ses {

// The document's object. It lives in a parser of the calling thread, until that thread's next call.
// Errors: kInvalidArgument with a reason of decoder.h.
//
// Half a surrogate pair (`\ud83d` alone, as a header that was cut in the middle of an emoji has it)
// is no Unicode text, so the document is read as if U+FFFD stood there.
[[nodiscard]] absl::StatusOr<simdjson::dom::object> ParseObject(std::string_view text);

// The JSON text with `\ufffd` for each escaped half of a surrogate pair; nullopt when it has none.
[[nodiscard]] std::optional<std::string> MendSurrogates(std::string_view json);

}  // namespace mailtrail::ingest::ses
