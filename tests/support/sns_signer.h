#pragma once

// Pushes as SNS sends them, signed with a key of our own. Knows nothing of the code that verifies
// them: what is signed is written down here a second time, on purpose.
//
//   const SnsSigner signer(SnsKey::Make());
//   // The server takes signer.certificate() under the name signer.file_name().
//   Post(SignedFields(signer, {.message = "{...}\n"}).Render());

#include <openssl/types.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/time.h"

namespace mailtrail::test {

// A private key. Making one takes a tenth of a second: share it.
class SnsKey {
 public:
  [[nodiscard]] static std::shared_ptr<const SnsKey> Make(int rsa_bits = 2048);
  [[nodiscard]] static std::shared_ptr<const SnsKey> MakeElliptic();
  ~SnsKey();
  SnsKey(const SnsKey&) = delete;
  SnsKey& operator=(const SnsKey&) = delete;

  [[nodiscard]] EVP_PKEY* get() const { return key_; }
  [[nodiscard]] std::string Pem() const;

 private:
  explicit SnsKey(EVP_PKEY* key) : key_(key) {}
  EVP_PKEY* key_;
};

// What stands in a certificate. It is always signed with its own key; the issuer is only a name.
struct CertificateSpec {
  std::string common_name = "sns.amazonaws.com";
  std::vector<std::string> dns_names = {"sns.amazonaws.com"};
  std::string issuer_organization = "Amazon";
  std::string issuer = "Amazon RSA 2048 M01";  // "": the subject itself.
  std::string not_before = "2026-07-01T00:00:00Z";
  std::string not_after = "2027-02-01T00:00:00Z";
  bool is_authority = false;
};

class SnsSigner {
 public:
  explicit SnsSigner(std::shared_ptr<const SnsKey> key, const CertificateSpec& spec = {});

  // One PEM block.
  [[nodiscard]] const std::string& certificate() const { return certificate_; }
  // "SimpleNotificationService-<32 hex digits>.pem", other for every certificate.
  [[nodiscard]] const std::string& file_name() const { return file_name_; }
  // Where SNS would serve it: "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-...".
  [[nodiscard]] std::string Url(std::string_view region = "us-east-1") const;
  // RSA PKCS#1 v1.5 in base64; version "1" with SHA-1, "2" with SHA-256.
  [[nodiscard]] std::string Sign(std::string_view text, std::string_view version) const;

 private:
  std::shared_ptr<const SnsKey> key_;
  std::string certificate_;
  std::string file_name_;
};

// What a push says, as texts.
struct SnsPush {
  std::string type = "Notification";
  std::string message_id = "0f1e2d3c-4b5a-5968-8776-a5b4c3d2e1f0";
  std::string topic_arn = "arn:aws:sns:us-east-1:123456789012:ses-events";
  std::optional<std::string> subject = "Amazon SES Email Event Notification";
  std::string message = "{\"eventType\":\"Send\"}\n";
  std::string timestamp = "2026-11-20T10:00:00.000Z";
  std::string version = "1";
  // Of confirmations only.
  std::string token = "2336412f37fb687f5d51e6e2425929f5";
};

// An envelope's members in their order, each value as JSON text, so that tests can bend them.
class SnsFields {
 public:
  void Add(std::string_view name, std::string_view json);
  // Replaces the first of that name, which must be there.
  void Set(std::string_view name, std::string_view json);
  void Remove(std::string_view name);
  // As SNS spells it: a member a line, `"Name" : value`.
  [[nodiscard]] std::string Render() const;

 private:
  std::vector<std::pair<std::string, std::string>> members_;
};

// A text as a JSON string.
[[nodiscard]] std::string Quote(std::string_view text);

// The genuine envelope of a push.
[[nodiscard]] SnsFields SignedFields(const SnsSigner& signer, const SnsPush& push);

}  // namespace mailtrail::test
