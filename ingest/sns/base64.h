#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailtrail::ingest::sns {

// RFC 4648 base64, strictly: padded, no white space, no foreign characters, unused bits zero, so
// that one value has one spelling. Nullopt otherwise. "" is the empty value.
[[nodiscard]] std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace mailtrail::ingest::sns
