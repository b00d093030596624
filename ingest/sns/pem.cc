#include "ingest/sns/pem.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "ingest/sns/base64.h"
#include "storage/base/text.h"

namespace mailtrail::ingest::sns {
namespace {

constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----\n";
constexpr std::string_view kEnd = "\n-----END CERTIFICATE-----";

}  // namespace

std::optional<std::string> DecodeCertificatePem(std::string_view text) {
  text = FromAbsl(absl::StripAsciiWhitespace(ToAbsl(text)));
  if (text.size() < kBegin.size() + kEnd.size()) return std::nullopt;
  if (!text.starts_with(kBegin) || !text.ends_with(kEnd)) return std::nullopt;
  std::string base64(text.substr(kBegin.size(), text.size() - kBegin.size() - kEnd.size()));
  std::erase(base64, '\n');
  // A second block's dashes are no base64.
  std::optional<std::string> der = DecodeBase64(base64);
  if (!der || der->empty()) return std::nullopt;
  return der;
}

}  // namespace mailtrail::ingest::sns
