#pragma once

// A certificate that SNS signs with.

#include <openssl/types.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/sns/refusal.h"
#include "storage/base/time.h"

namespace mailtrail::ingest::sns {

// Its key parsed once. Immutable, so thread-safe.
class Certificate {
 public:
  // Takes a text of at most 16 KiB that is one PEM block as a whole, with an RSA key of at least
  // 2048 bits, and that is no authority's. Refuses with kCertificateMalformed, kCertificateKey or
  // kCertificateOfAuthority.
  [[nodiscard]] static OrRefused<std::shared_ptr<const Certificate>> Parse(std::string_view pem);

  ~Certificate();
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  // Exactly; no wildcards. Its DNS names, or its common name when it has none (as that of 2010).
  [[nodiscard]] bool HasName(std::string_view name) const;
  // Its names for a log line.
  [[nodiscard]] std::string DescribeNames() const;

  [[nodiscard]] bool IsValidAt(UnixMillis time) const;
  [[nodiscard]] UnixMillis not_after() const { return not_after_; }

  // The issuer's common name for a log line.
  [[nodiscard]] const std::string& issuer() const { return issuer_; }
  // Whether the issuer is called like one of Amazon's own that we know. This compares names only:
  // the URL serves the leaf alone, so there is no chain to follow; trust rests on TLS to AWS's
  // host.
  [[nodiscard]] bool has_known_issuer() const { return has_known_issuer_; }
  [[nodiscard]] bool is_self_signed() const { return is_self_signed_; }

  [[nodiscard]] EVP_PKEY& key() const { return *key_; }

 private:
  Certificate() = default;

  EVP_PKEY* key_ = nullptr;
  std::vector<std::string> names_;
  std::string issuer_;
  bool has_known_issuer_ = false;
  bool is_self_signed_ = false;
  UnixMillis not_before_;
  UnixMillis not_after_;
};

}  // namespace mailtrail::ingest::sns
