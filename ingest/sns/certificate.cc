#include "ingest/sns/certificate.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <optional>

#include "ingest/sns/limits.h"
#include "ingest/sns/pem.h"
#include "storage/base/text.h"

namespace mailtrail::ingest::sns {
namespace {

struct X509Deleter {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using X509Ptr = std::unique_ptr<X509, X509Deleter>;

// What signs the certificates of Amazon's own services. From its public list of intermediates;
// "Amazon" is the name that "Amazon Server CA 1B" bears.
constexpr std::array<std::string_view, 5> kKnownIssuers = {
    "Amazon RSA 2048 M01",
    "Amazon RSA 2048 M02",
    "Amazon RSA 2048 M03",
    "Amazon RSA 2048 M04",
    "Amazon",
};
constexpr std::string_view kKnownIssuerOrganization = "Amazon";

std::string_view View(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

// The one entry of this kind in a name, or "".
std::string NameEntry(const X509_NAME* name, int nid) {
  const int index = X509_NAME_get_index_by_NID(name, nid, -1);
  if (index < 0) return {};
  return std::string(View(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index))));
}

std::vector<std::string> DnsNames(const X509* certificate) {
  std::vector<std::string> names;
  auto* const all = static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  for (int i = 0; i < sk_GENERAL_NAME_num(all); ++i) {
    const GENERAL_NAME* const name = sk_GENERAL_NAME_value(all, i);
    if (name->type == GEN_DNS) names.emplace_back(View(name->d.dNSName));
  }
  GENERAL_NAMES_free(all);
  return names;
}

std::optional<UnixMillis> TimeOf(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return UnixMillis{static_cast<std::int64_t>(timegm(&parts)) * kMillisPerSecond};
}

X509Ptr DecodeX509(std::string_view pem) {
  if (pem.size() > kCertificateBytesMax) return nullptr;
  const std::optional<std::string> der = DecodeCertificatePem(pem);
  if (!der) return nullptr;
  const auto* at = reinterpret_cast<const unsigned char*>(der->data());
  const unsigned char* const end = at + der->size();
  X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(der->size())));
  if (at != end) return nullptr;
  return certificate;
}

}  // namespace

OrRefused<std::shared_ptr<const Certificate>> Certificate::Parse(std::string_view pem) {
  const X509Ptr x509 = DecodeX509(pem);
  if (x509 == nullptr) {
    ERR_clear_error();
    return Refused{Refusal::kCertificateMalformed, "not one PEM certificate"};
  }
  const std::optional<UnixMillis> not_before = TimeOf(X509_get0_notBefore(x509.get()));
  const std::optional<UnixMillis> not_after = TimeOf(X509_get0_notAfter(x509.get()));
  if (!not_before || !not_after) return Refused{Refusal::kCertificateMalformed, "unreadable dates"};

  std::shared_ptr<Certificate> out(new Certificate);
  out->not_before_ = *not_before;
  // The second that notAfter names is the last one, whole.
  out->not_after_ = {not_after->value + kMillisPerSecond - 1};
  out->key_ = X509_get_pubkey(x509.get());
  const bool is_rsa = out->key_ != nullptr && EVP_PKEY_get_base_id(out->key_) == EVP_PKEY_RSA;
  if (!is_rsa || EVP_PKEY_get_bits(out->key_) < kRsaBitsMin) {
    ERR_clear_error();
    return Refused{Refusal::kCertificateKey,
                   is_rsa ? Cat("RSA of ", EVP_PKEY_get_bits(out->key_), " bits") : "not RSA"};
  }
  if (X509_check_ca(x509.get()) != 0) return Refused{Refusal::kCertificateOfAuthority, ""};

  const X509_NAME* const issuer = X509_get_issuer_name(x509.get());
  out->issuer_ = Printable(NameEntry(issuer, NID_commonName));
  out->has_known_issuer_ = NameEntry(issuer, NID_organizationName) == kKnownIssuerOrganization &&
                           std::ranges::find(kKnownIssuers, out->issuer_) != kKnownIssuers.end();
  out->is_self_signed_ = (X509_get_extension_flags(x509.get()) & EXFLAG_SI) != 0;
  out->names_ = DnsNames(x509.get());
  if (out->names_.empty()) {
    out->names_.push_back(NameEntry(X509_get_subject_name(x509.get()), NID_commonName));
  }
  return std::shared_ptr<const Certificate>(std::move(out));
}

Certificate::~Certificate() { EVP_PKEY_free(key_); }

bool Certificate::HasName(std::string_view name) const {
  return std::ranges::find(names_, name) != names_.end();
}

std::string Certificate::DescribeNames() const {
  std::string text;
  for (const std::string& name : names_) text += text.empty() ? name : Cat(" ", name);
  return Printable(text);
}

bool Certificate::IsValidAt(UnixMillis time) const {
  return not_before_ <= time && time <= not_after_;
}

}  // namespace mailtrail::ingest::sns
