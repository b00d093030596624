#pragma once

// Reading members of SES's JSON, and the one rule for what is not as documented:
//
//   A member that is absent, null or of another type than its field is left out, and the event is
//   kept; so is an element of a list. SES's text stays in `raw`. Only what makes an event one
//   (type, message id, sent time, the object that says what happened) is required, by decoder.h.
//
// Where SES, or what stands in for it, is known to vary, both kinds are read:
//   - a boolean may be the string "true" or "false" (headersTruncated is documented as a string);
//   - a list of texts may be one text (commonHeaders' lists; tag values);
//   - a list of objects may be one object (delayedRecipients, which the guide calls an object).
//
// A text is UTF-8 with anything in it, U+0000 too, of any length.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailtrail/storage/v1/event.pb.h"
#include "simdjson.h"
#include "storage/base/time.h"

namespace mailtrail::ingest::ses {

using Object = simdjson::dom::object;
using Texts = google::protobuf::RepeatedPtrField<std::string>;
using Tags = google::protobuf::RepeatedPtrField<storage::v1::Tag>;

// The first member of that key, if any and not null.
[[nodiscard]] std::optional<simdjson::dom::element> MemberAt(const Object& object,
                                                             std::string_view key);
[[nodiscard]] std::optional<Object> ObjectAt(const Object& object, std::string_view key);
[[nodiscard]] std::vector<Object> ObjectsAt(const Object& object, std::string_view key);
[[nodiscard]] std::optional<std::string> TextAt(const Object& object, std::string_view key);
[[nodiscard]] std::string TextOrEmpty(const Object& object, std::string_view key);
[[nodiscard]] Texts TextsAt(const Object& object, std::string_view key);
[[nodiscard]] std::optional<bool> BoolAt(const Object& object, std::string_view key);
[[nodiscard]] std::optional<std::int64_t> IntegerAt(const Object& object, std::string_view key);
// See ParseTime for the forms.
[[nodiscard]] std::optional<UnixMillis> TimeAt(const Object& object, std::string_view key);
// {"name": ["value", ...]}: sorted by name; values in their order.
[[nodiscard]] Tags TagsAt(const Object& object, std::string_view key);

}  // namespace mailtrail::ingest::ses
