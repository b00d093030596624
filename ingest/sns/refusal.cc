#include "ingest/sns/refusal.h"

#include <array>

namespace mailtrail::ingest::sns {
namespace {

struct Row {
  Refusal reason;
  std::string_view word;
  Fault fault;
};

constexpr std::array<Row, kRefusals> kTable = {{
    {Refusal::kBodyTooLarge, "body_too_large", Fault::kTooLarge},
    {Refusal::kNotJson, "not_json", Fault::kMalformed},
    {Refusal::kTooDeep, "too_deep", Fault::kMalformed},
    {Refusal::kNotObject, "not_object", Fault::kMalformed},
    {Refusal::kTooManyMembers, "too_many_members", Fault::kMalformed},
    {Refusal::kDuplicateMember, "duplicate_member", Fault::kMalformed},
    {Refusal::kMissingField, "missing_field", Fault::kMalformed},
    {Refusal::kFieldNotText, "field_not_text", Fault::kMalformed},
    {Refusal::kFieldForm, "field_form", Fault::kMalformed},
    {Refusal::kUnexpectedField, "unexpected_field", Fault::kMalformed},
    {Refusal::kUnknownType, "unknown_type", Fault::kMalformed},
    {Refusal::kTypeMismatch, "type_mismatch", Fault::kMalformed},
    {Refusal::kUnknownSignatureVersion, "unknown_signature_version", Fault::kMalformed},
    {Refusal::kForeignAccount, "foreign_account", Fault::kForbidden},
    {Refusal::kCertificateUrl, "certificate_url", Fault::kForbidden},
    {Refusal::kTimestampOutsideCertificate, "timestamp_outside_certificate", Fault::kForbidden},
    {Refusal::kSignatureMismatch, "signature_mismatch", Fault::kForbidden},
    {Refusal::kUnlistedTopic, "unlisted_topic", Fault::kUnavailable},
    {Refusal::kCertificateFetchFailed, "certificate_fetch_failed", Fault::kUnavailable},
    {Refusal::kCertificateFetchLimit, "certificate_fetch_limit", Fault::kUnavailable},
    {Refusal::kCertificateMalformed, "certificate_malformed", Fault::kUnavailable},
    {Refusal::kCertificateKey, "certificate_key", Fault::kUnavailable},
    {Refusal::kCertificateOfAuthority, "certificate_of_authority", Fault::kUnavailable},
    {Refusal::kCertificateSelfSigned, "certificate_self_signed", Fault::kUnavailable},
    {Refusal::kCertificateName, "certificate_name", Fault::kUnavailable},
    {Refusal::kCertificateEnded, "certificate_ended", Fault::kUnavailable},
    {Refusal::kUnknownIssuer, "unknown_issuer", Fault::kUnavailable},
    {Refusal::kDigestUnavailable, "digest_unavailable", Fault::kUnavailable},
}};

constexpr bool RowsAreInOrder() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    if (kTable.at(i).reason != static_cast<Refusal>(i)) return false;
  }
  return true;
}
static_assert(RowsAreInOrder());

}  // namespace

std::string_view Word(Refusal reason) { return kTable.at(static_cast<std::size_t>(reason)).word; }

Fault FaultOf(Refusal reason) { return kTable.at(static_cast<std::size_t>(reason)).fault; }

std::string Printable(std::string_view text) {
  constexpr std::size_t kCharactersMax = 120;
  std::string out(text.substr(0, kCharactersMax));
  for (char& c : out) {
    if (c < ' ' || c > '~') c = '?';
  }
  return out;
}

}  // namespace mailtrail::ingest::sns
