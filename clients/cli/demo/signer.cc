#include "clients/cli/demo/signer.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <fstream>
#include <sstream>
#include <system_error>

#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "nlohmann/json.hpp"
#include "storage/base/key_file.h"
#include "storage/base/status.h"

namespace mailtrail::demo {
namespace {

constexpr int kRsaBits = 2048;
constexpr long kValidSeconds = 10L * 365 * 24 * 3600;
constexpr char kKeyFile[] = "demo.key";
constexpr char kName[] = "sns.amazonaws.com";

struct BioFree {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct CertificateFree {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using CertificatePtr = std::unique_ptr<X509, CertificateFree>;

std::string TextOf(BIO* bio) {
  const char* data = nullptr;
  const long bytes = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(bytes)};
}

CertificatePtr MakeCertificate(EVP_PKEY* key, UnixMillis now) {
  CertificatePtr certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  // An hour back, for a server whose clock is a little behind.
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), now.value / kMillisPerSecond - 3'600);
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()),
                now.value / kMillisPerSecond + kValidSeconds);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(kName), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate.get(), certificate.get(), nullptr, nullptr, 0);
  X509_EXTENSION* names =
      X509V3_EXT_conf_nid(nullptr, &context, NID_subject_alt_name, Cat("DNS:", kName).c_str());
  X509_add_ext(certificate.get(), names, -1);
  X509_EXTENSION_free(names);
  X509_set_pubkey(certificate.get(), key);
  X509_sign(certificate.get(), key, EVP_sha256());
  return certificate;
}

absl::Status WriteFile(const std::filesystem::path& path, const std::string& text) {
  // Written aside and renamed: the server may be reading the folder.
  const std::filesystem::path aside = path.string() + ".new";
  std::ofstream out(aside, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  std::error_code error;
  if (out) std::filesystem::permissions(aside, std::filesystem::perms(0600), error);
  if (out && !error) std::filesystem::rename(aside, path, error);
  if (!out || error) {
    return MakeStatus(absl::StatusCode::kFailedPrecondition, "cannot write ", path.string(),
                      "; name a folder that can be written with --signing-cert-dir");
  }
  return absl::OkStatus();
}

}  // namespace

void Signer::KeyFree::operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }

Signer::Key Signer::MakeKey() { return Key(EVP_RSA_gen(kRsaBits)); }

absl::StatusOr<std::unique_ptr<Signer>> Signer::Open(const std::filesystem::path& folder,
                                                     UnixMillis now) {
  const std::filesystem::path key_path = folder / kKeyFile;
  if (std::ifstream in(key_path, std::ios::binary); in) {
    // The first line names the certificate's file, the rest is the key.
    std::string file_name;
    std::getline(in, file_name);
    std::stringstream pem;
    pem << in.rdbuf();
    const std::string text = pem.str();
    const std::unique_ptr<BIO, BioFree> bio(
        BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    if (key == nullptr || !std::filesystem::exists(folder / file_name)) {
      return MakeStatus(absl::StatusCode::kFailedPrecondition, key_path.string(),
                        " is damaged or its certificate is gone; remove it, and the demo makes new "
                        "ones");
    }
    return std::unique_ptr<Signer>(new Signer(std::move(key), std::move(file_name)));
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  Key key = MakeKey();
  const CertificatePtr certificate = MakeCertificate(key.get(), now);
  const std::unique_ptr<BIO, BioFree> certificate_pem(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(certificate_pem.get(), certificate.get());
  const std::unique_ptr<BIO, BioFree> key_pem(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  std::string file_name = Cat("SimpleNotificationService-", HexEncode(RandomBytes(16)), ".pem");
  MT_RETURN_IF_ERROR(WriteFile(folder / file_name, TextOf(certificate_pem.get())));
  MT_RETURN_IF_ERROR(WriteFile(key_path, Cat(file_name, "\n", TextOf(key_pem.get()))));
  return std::unique_ptr<Signer>(new Signer(std::move(key), std::move(file_name)));
}

std::string Signer::Sign(std::string_view text) const {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  std::string signature(kRsaBits / 8, '\0');
  std::size_t bytes = signature.size();
  EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key_.get());
  EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &bytes,
                 reinterpret_cast<const unsigned char*>(text.data()), text.size());
  EVP_MD_CTX_free(context);
  return absl::Base64Escape(signature);
}

std::string Signer::Notification(std::string_view topic_arn, std::string_view message,
                                 UnixMillis now, std::uint64_t number) const {
  constexpr std::string_view kSubject = "Amazon SES Email Event Notification";
  const std::string id =
      absl::StrFormat("%08x-0000-4000-8000-%012x", now.value & 0xFFFFFFFF, number & 0xFFFFFFFFFFFF);
  const std::string time = FormatTime(now);
  const std::string signed_text =
      Cat("Message\n", message, "\nMessageId\n", id, "\nSubject\n", kSubject, "\nTimestamp\n", time,
          "\nTopicArn\n", topic_arn, "\nType\nNotification\n");
  // The region is the fourth part of the ARN.
  std::string_view region = topic_arn.substr(std::string_view("arn:aws:sns:").size());
  region = region.substr(0, region.find(':'));
  const nlohmann::ordered_json envelope = {
      {"Type", "Notification"},
      {"MessageId", id},
      {"TopicArn", topic_arn},
      {"Subject", kSubject},
      {"Message", message},
      {"Timestamp", time},
      {"SignatureVersion", "2"},
      {"Signature", Sign(signed_text)},
      {"SigningCertURL", Cat("https://sns.", region, ".amazonaws.com/", file_name_)},
      {"UnsubscribeURL", Cat("https://sns.", region, ".amazonaws.com/?Action=Unsubscribe")}};
  return envelope.dump(2);
}

}  // namespace mailtrail::demo
