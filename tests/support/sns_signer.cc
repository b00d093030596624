#include "tests/support/sns_signer.h"

#include <gtest/gtest.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "storage/base/text.h"

namespace mailtrail::test {
namespace {

// OpenSSL has no error here that a test could want to see.
void MustBe(bool good, const char* what) {
  if (!good) {
    ADD_FAILURE() << what;
    std::abort();
  }
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Writes something into an OpenSSL memory buffer and gives the text.
template <typename Write>
std::string ToText(Write write) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), &BIO_free);
  MustBe(write(bio.get()) == 1, "OpenSSL cannot write");
  const char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

void AddEntry(X509_NAME* name, const char* field, const std::string& value) {
  if (value.empty()) return;
  MustBe(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, Bytes(value), -1, -1, 0) == 1,
         "name entry");
}

void AddExtension(X509* certificate, int nid, const std::string& value) {
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
  MustBe(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, "extension");
  X509_EXTENSION_free(extension);
}

void SetTime(ASN1_TIME* time, const std::string& text) {
  const std::optional<UnixMillis> millis = ParseTime(text);
  MustBe(millis.has_value(), "a time of a certificate");
  ASN1_TIME_set(time, static_cast<std::time_t>(millis->value / kMillisPerSecond));
}

std::string MakeCertificate(EVP_PKEY* key, const CertificateSpec& spec) {
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  SetTime(X509_getm_notBefore(certificate.get()), spec.not_before);
  SetTime(X509_getm_notAfter(certificate.get()), spec.not_after);
  X509_set_pubkey(certificate.get(), key);
  AddEntry(X509_get_subject_name(certificate.get()), "CN", spec.common_name);
  if (spec.issuer.empty()) {
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
  } else {
    AddEntry(X509_get_issuer_name(certificate.get()), "O", spec.issuer_organization);
    AddEntry(X509_get_issuer_name(certificate.get()), "CN", spec.issuer);
  }
  AddExtension(certificate.get(), NID_basic_constraints,
               spec.is_authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  std::string names;
  for (const std::string& name : spec.dns_names) {
    names += Cat(names.empty() ? "" : ",", "DNS:", name);
  }
  if (!names.empty()) AddExtension(certificate.get(), NID_subject_alt_name, names);
  MustBe(X509_sign(certificate.get(), key, EVP_sha256()) > 0, "signing a certificate");
  return ToText([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate.get()); });
}

std::string HashOf(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return HexEncode({reinterpret_cast<const char*>(digest.data()), size});
}

// The text that SNS signs.
std::string SignedText(const SnsPush& push, const std::string& subscribe_url) {
  const bool confirmation = push.type != "Notification";
  std::string text = Cat("Message\n", push.message, "\nMessageId\n", push.message_id, "\n");
  if (confirmation) {
    text += Cat("SubscribeURL\n", subscribe_url, "\n");
  } else if (push.subject) {
    text += Cat("Subject\n", *push.subject, "\n");
  }
  text += Cat("Timestamp\n", push.timestamp, "\n");
  if (confirmation) text += Cat("Token\n", push.token, "\n");
  return text + Cat("TopicArn\n", push.topic_arn, "\nType\n", push.type, "\n");
}

// arn:aws:sns:REGION:...
std::string RegionOf(std::string_view arn) {
  for (int i = 0; i < 3; ++i) arn.remove_prefix(std::min(arn.find(':') + 1, arn.size()));
  return std::string(arn.substr(0, arn.find(':')));
}

}  // namespace

std::shared_ptr<const SnsKey> SnsKey::Make(int rsa_bits) {
  return std::shared_ptr<const SnsKey>(new SnsKey(EVP_RSA_gen(static_cast<unsigned>(rsa_bits))));
}

std::shared_ptr<const SnsKey> SnsKey::MakeElliptic() {
  return std::shared_ptr<const SnsKey>(new SnsKey(EVP_EC_gen("P-256")));
}

SnsKey::~SnsKey() { EVP_PKEY_free(key_); }

std::string SnsKey::Pem() const {
  return ToText([&](BIO* bio) {
    return PEM_write_bio_PrivateKey(bio, key_, nullptr, nullptr, 0, nullptr, nullptr);
  });
}

SnsSigner::SnsSigner(std::shared_ptr<const SnsKey> key, const CertificateSpec& spec)
    : key_(std::move(key)), certificate_(MakeCertificate(key_->get(), spec)) {
  constexpr std::size_t kHexDigits = 32;
  file_name_ =
      Cat("SimpleNotificationService-", HashOf(certificate_).substr(0, kHexDigits), ".pem");
}

std::string SnsSigner::Url(std::string_view region) const {
  return Cat("https://sns.", region, ".amazonaws.com/", file_name_);
}

std::string SnsSigner::Sign(std::string_view text, std::string_view version) const {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key_->get())), '\0');
  std::size_t size = signature.size();
  MustBe(EVP_DigestSignInit(context.get(), nullptr, version == "2" ? EVP_sha256() : EVP_sha1(),
                            nullptr, key_->get()) == 1 &&
             EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()),
                            &size, Bytes(text), text.size()) == 1,
         "signing");
  signature.resize(size);
  return absl::Base64Escape(signature);
}

void SnsFields::Add(std::string_view name, std::string_view json) {
  members_.emplace_back(name, json);
}

void SnsFields::Set(std::string_view name, std::string_view json) {
  const auto member =
      std::ranges::find(members_, name, &std::pair<std::string, std::string>::first);
  MustBe(member != members_.end(), "no such member");
  member->second = json;
}

void SnsFields::Remove(std::string_view name) {
  MustBe(std::erase_if(members_, [&](const auto& member) { return member.first == name; }) > 0,
         "no such member");
}

std::string SnsFields::Render() const {
  std::string text = "{";
  std::string_view separator = "\n";
  for (const auto& [name, json] : members_) {
    text += Cat(separator, "  \"", name, "\" : ", json);
    separator = ",\n";
  }
  return text + "\n}";
}

std::string Quote(std::string_view text) { return nlohmann::json(text).dump(); }

SnsFields SignedFields(const SnsSigner& signer, const SnsPush& push) {
  const std::string region = RegionOf(push.topic_arn);
  const std::string host = Cat("https://sns.", region, ".amazonaws.com/");
  const std::string subscribe_url =
      Cat(host, "?Action=ConfirmSubscription&TopicArn=", push.topic_arn, "&Token=", push.token);
  SnsFields fields;
  fields.Add("Type", Quote(push.type));
  fields.Add("MessageId", Quote(push.message_id));
  if (push.type != "Notification") fields.Add("Token", Quote(push.token));
  fields.Add("TopicArn", Quote(push.topic_arn));
  if (push.type == "Notification" && push.subject) fields.Add("Subject", Quote(*push.subject));
  fields.Add("Message", Quote(push.message));
  if (push.type != "Notification") fields.Add("SubscribeURL", Quote(subscribe_url));
  fields.Add("Timestamp", Quote(push.timestamp));
  fields.Add("SignatureVersion", Quote(push.version));
  fields.Add("Signature", Quote(signer.Sign(SignedText(push, subscribe_url), push.version)));
  fields.Add("SigningCertURL", Quote(signer.Url(region)));
  if (push.type == "Notification") {
    fields.Add("UnsubscribeURL",
               Quote(Cat(host, "?Action=Unsubscribe&SubscriptionArn=", push.topic_arn,
                         ":2296bc94-7992-4be1-b15f-b97229b5c1d8")));
  }
  return fields;
}

}  // namespace mailtrail::test
