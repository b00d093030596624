#include "ingest/sns/signature.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include <memory>

namespace mailtrail::ingest::sns {

SignatureCheck CheckSignature(EVP_PKEY& key, SignatureVersion version,
                              std::span<const std::string_view> pieces,
                              std::string_view signature) {
  if (signature.size() != static_cast<std::size_t>(EVP_PKEY_get_size(&key))) {
    return SignatureCheck::kDiffers;
  }
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  const EVP_MD* const digest = version == SignatureVersion::kSha256 ? EVP_sha256() : EVP_sha1();
  bool ready = context != nullptr &&
               EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, &key) == 1;
  for (const std::string_view piece : pieces) {
    ready = ready && EVP_DigestVerifyUpdate(context.get(), piece.data(), piece.size()) == 1;
  }
  const bool matches =
      ready &&
      EVP_DigestVerifyFinal(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                            signature.size()) == 1;
  // OpenSSL leaves its errors on the thread, where the next TLS call would trip over them.
  if (!matches) ERR_clear_error();
  if (!ready) return SignatureCheck::kUnavailable;
  return matches ? SignatureCheck::kMatches : SignatureCheck::kDiffers;
}

}  // namespace mailtrail::ingest::sns
