#include "server/api/page_token.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "absl/strings/escaping.h"
#include "server/api/error.h"
#include "server/api/limits.h"
#include "storage/base/codec.h"
#include "storage/base/text.h"

namespace mailtrail::server::api {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kHashBytes = 16;
constexpr std::size_t kMacBytes = 16;

using Digest = std::array<unsigned char, 32>;

// Views of OpenSSL's arguments.
const unsigned char* Unsigned(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
std::string Prefix(const Digest& digest, std::size_t bytes) {
  return {reinterpret_cast<const char*>(digest.data()), bytes};
}

}  // namespace

PageBinding BindingOf(PagedMethod method, std::string_view request) {
  Digest digest{};
  EVP_Digest(request.data(), request.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return {.method = method, .hash = Prefix(digest, kHashBytes)};
}

absl::Status PageTokenInvalid() {
  return MakeError(v1::ERROR_REASON_PAGE_TOKEN_INVALID,
                   "the page token is damaged, of another server, or of another filter, order or "
                   "method: list again from the first page");
}

std::string PageTokens::MacOf(std::string_view bytes) const {
  Digest digest{};
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), Unsigned(bytes), bytes.size(),
       digest.data(), nullptr);
  return Prefix(digest, kMacBytes);
}

std::string PageTokens::Format(const PageBinding& binding, const PagePlace& place) const {
  std::string bytes;
  AppendU8(bytes, kVersion);
  AppendU8(bytes, static_cast<std::uint8_t>(binding.method));
  bytes += binding.hash;
  AppendU64(bytes, place.era_id);
  AppendU64(bytes, place.as_of.value);
  AppendU64(bytes, place.position.value);
  AppendU32(bytes, SecondOf(clock_.Now()));
  bytes += MacOf(bytes);
  return absl::WebSafeBase64Escape(ToAbsl(bytes));
}

absl::StatusOr<PagePlace> PageTokens::Parse(const PageBinding& binding,
                                            std::string_view text) const {
  std::string bytes;
  if (text.size() > kTokenTextBytesMax || !absl::WebSafeBase64Unescape(ToAbsl(text), &bytes) ||
      bytes.size() <= kMacBytes || absl::WebSafeBase64Escape(ToAbsl(bytes)) != text) {
    return PageTokenInvalid();
  }
  const std::string_view signed_bytes(bytes.data(), bytes.size() - kMacBytes);
  if (CRYPTO_memcmp(MacOf(signed_bytes).data(), bytes.data() + signed_bytes.size(), kMacBytes) !=
      0) {
    return PageTokenInvalid();
  }
  Reader reader(signed_bytes);
  const bool fits = reader.U8() == kVersion &&
                    reader.U8() == static_cast<std::uint8_t>(binding.method) &&
                    reader.Bytes(kHashBytes) == binding.hash;
  const PagePlace place{
      .era_id = reader.U64(), .as_of = {reader.U64()}, .position = {reader.U64()}};
  const std::int64_t issued = reader.U32();
  if (!fits || !reader.AtEnd()) return PageTokenInvalid();
  if (static_cast<std::int64_t>(SecondOf(clock_.Now())) - issued > kPageTokenLifeSeconds) {
    return MakeError(v1::ERROR_REASON_PAGE_TOKEN_EXPIRED,
                     "the page token is older than 24 h: list again from the first page");
  }
  return place;
}

}  // namespace mailtrail::server::api
