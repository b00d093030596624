#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailtrail::ingest::sns {

// The DER bytes of a text that is, as a whole, one PEM certificate:
//
//   ^\s*-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/\n]+=*\n-----END CERTIFICATE-----\s*$
//
// Nullopt for anything around it, a second block, or bad base64. OpenSSL's own reader finds a
// certificate in the midst of XML, which is how an AWS API that echoes its input was once made to
// serve a forger's certificate under AWS's host name.
[[nodiscard]] std::optional<std::string> DecodeCertificatePem(std::string_view text);

}  // namespace mailtrail::ingest::sns
