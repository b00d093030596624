#pragma once

// The forms of an envelope's fields, checked before the signature.
//
// The signed text is "name\nvalue\n" for each field, so a value that may hold a line feed could
// swallow its neighbour: {MessageId: "<uuid>\nSubject\nx"} and {MessageId: "<uuid>", Subject: "x"}
// have the same bytes to sign. Only Message may hold line feeds; reading from the right, the split
// is then unique.

#include <string_view>

namespace mailtrail::ingest::sns {

// Lower-case hex in groups of 8-4-4-4-12.
[[nodiscard]] bool IsUuid(std::string_view text);
// "2026-11-20T10:00:00.123Z": the form only, not whether there is such a day.
[[nodiscard]] bool IsTimestampForm(std::string_view text);
// At most 100 characters, none of them a control character (C0, DEL, C1). May be empty.
[[nodiscard]] bool IsSubject(std::string_view utf8);
// 1 to 1024 characters that need no escaping in a URL's query.
[[nodiscard]] bool IsToken(std::string_view text);
// 1 to 2048 printable ASCII characters without spaces. The URL is signed, and never used.
[[nodiscard]] bool IsSubscribeUrl(std::string_view text);

}  // namespace mailtrail::ingest::sns
