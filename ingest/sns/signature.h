#pragma once

#include <openssl/types.h>

#include <span>
#include <string_view>

#include "ingest/sns/envelope.h"

namespace mailtrail::ingest::sns {

enum class SignatureCheck {
  kMatches,
  kDiffers,
  // OpenSSL's policy on this machine refuses the digest, as some do SHA-1: says nothing about the
  // signature.
  kUnavailable,
};

// Verifies an RSA signature, PKCS#1 v1.5, over the pieces one after the other. A signature whose
// length is not the modulus's differs. Thread-safe, also on one key.
[[nodiscard]] SignatureCheck CheckSignature(EVP_PKEY& key, SignatureVersion version,
                                            std::span<const std::string_view> pieces,
                                            std::string_view signature);

}  // namespace mailtrail::ingest::sns
