#include "ingest/sns/base64.h"

#include "absl/strings/escaping.h"
#include "storage/base/text.h"

namespace mailtrail::ingest::sns {

std::optional<std::string> DecodeBase64(std::string_view text) {
  std::string bytes;
  if (!absl::Base64Unescape(ToAbsl(text), &bytes)) return std::nullopt;
  // Abseil skips white space and takes missing padding: only what it would write itself is strict.
  if (absl::Base64Escape(ToAbsl(bytes)) != ToAbsl(text)) return std::nullopt;
  return bytes;
}

}  // namespace mailtrail::ingest::sns
