#include "ingest/sns/signing_cert_url.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "storage/base/text.h"

namespace mailtrail::ingest::sns {
namespace {

constexpr std::string_view kFilePrefix = "SimpleNotificationService-";
constexpr std::string_view kFileSuffix = ".pem";
constexpr std::size_t kHexDigits = 32;

}  // namespace

bool IsSigningCertFile(std::string_view name) {
  if (name.size() != kFilePrefix.size() + kHexDigits + kFileSuffix.size()) return false;
  if (!name.starts_with(kFilePrefix) || !name.ends_with(kFileSuffix)) return false;
  return std::ranges::all_of(name.substr(kFilePrefix.size(), kHexDigits), [](char c) {
    return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f');
  });
}

std::optional<std::string_view> SigningCertFile(const TopicArn& topic, std::string_view url) {
  const std::string prefix = Cat("https://", SnsHost(*topic.partition, topic.region), "/");
  if (!url.starts_with(prefix)) return std::nullopt;
  const std::string_view file = url.substr(prefix.size());
  if (!IsSigningCertFile(file)) return std::nullopt;
  return file;
}

std::string DescribeRefusedUrl(const TopicArn& topic, std::string_view url) {
  // The General Reference lists these two; no message that names them was ever seen.
  for (const std::string_view host : {"sns.", "sns-fips."}) {
    if (url.starts_with(Cat("https://", host, topic.region, ".api.aws/"))) {
      return "unknown host of AWS";
    }
  }
  return "not a certificate of the topic's region";
}

}  // namespace mailtrail::ingest::sns
