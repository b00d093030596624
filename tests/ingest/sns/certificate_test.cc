#include "ingest/sns/certificate.h"

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "ingest/sns/certificate_directory.h"
#include "ingest/sns/limits.h"
#include "ingest/sns/pem.h"
#include "storage/base/text.h"
#include "tests/ingest/sns/verifier_fixture.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::ingest::sns {
namespace {

using test::CertificateSpec;
using test::SnsKey;
using test::SnsSigner;
using test::StatusIs;
using ::testing::HasSubstr;

std::string Pem(const CertificateSpec& spec = {}) {
  return SnsSigner(SharedKey(), spec).certificate();
}

std::shared_ptr<const Certificate> Parsed(std::string_view pem) {
  auto parsed = Certificate::Parse(pem);
  auto* const certificate = std::get_if<std::shared_ptr<const Certificate>>(&parsed);
  return certificate == nullptr ? nullptr : *certificate;
}

std::string WordOfParse(std::string_view pem) {
  const auto parsed = Certificate::Parse(pem);
  const auto* const refused = std::get_if<Refused>(&parsed);
  return refused == nullptr ? "" : std::string(Word(refused->reason));
}

std::string PemOf(std::string_view der) {
  return Cat("-----BEGIN CERTIFICATE-----\n", absl::Base64Escape(ToAbsl(der)),
             "\n-----END CERTIFICATE-----\n");
}

TEST(Certificate, TellsWhatStandsInIt) {
  const auto certificate = Parsed(Pem({.dns_names = {"a.example", "b.example"}}));
  ASSERT_NE(certificate, nullptr);
  EXPECT_TRUE(certificate->HasName("a.example"));
  EXPECT_TRUE(certificate->HasName("b.example"));
  // The common name counts only where there are no DNS names.
  EXPECT_FALSE(certificate->HasName("sns.amazonaws.com"));
  EXPECT_FALSE(certificate->HasName("A.example"));
  EXPECT_EQ(certificate->DescribeNames(), "a.example b.example");
  EXPECT_EQ(certificate->issuer(), "Amazon RSA 2048 M01");
  EXPECT_TRUE(certificate->has_known_issuer());
  EXPECT_FALSE(certificate->is_self_signed());
  EXPECT_TRUE(Parsed(Pem({.dns_names = {}}))->HasName("sns.amazonaws.com"));
  EXPECT_FALSE(Parsed(Pem({.dns_names = {"*.amazonaws.com"}}))->HasName("sns.amazonaws.com"));
}

TEST(Certificate, IsValidFromItsFirstToItsLastSecond) {
  const auto certificate =
      Parsed(Pem({.not_before = "2026-07-01T00:00:00Z", .not_after = "2026-10-14T23:59:59Z"}));
  const auto valid = [&](std::string_view time) {
    return certificate->IsValidAt(*ParseTime(time));
  };
  EXPECT_FALSE(valid("2026-06-30T23:59:59.999Z"));
  EXPECT_TRUE(valid("2026-07-01T00:00:00.000Z"));
  EXPECT_TRUE(valid("2026-10-14T23:59:59.999Z"));
  EXPECT_FALSE(valid("2026-10-15T00:00:00.000Z"));
}

TEST(Certificate, KnowsAmazonsIssuersByName) {
  EXPECT_FALSE(Parsed(Pem({.issuer = "Amazon RSA 2048 M99"}))->has_known_issuer());
  EXPECT_FALSE(Parsed(Pem({.issuer_organization = "Amazom"}))->has_known_issuer());
  EXPECT_FALSE(Parsed(Pem({.issuer_organization = ""}))->has_known_issuer());
  EXPECT_TRUE(Parsed(Pem({.issuer = ""}))->is_self_signed());
}

TEST(Certificate, IsOnePemBlockAsAWhole) {
  const std::string pem = Pem();
  ASSERT_EQ(WordOfParse(pem), "");
  EXPECT_EQ(WordOfParse("\n  " + pem + "\n \n"), "");
  std::string crlf = pem;
  for (std::size_t at = 0; (at = crlf.find('\n', at)) != std::string::npos; at += 2) {
    crlf.insert(at, "\r");
  }
  std::string broken = pem;
  broken[pem.size() / 2] = '*';
  std::string other_bytes = pem;
  other_bytes.replace(pem.find("MII"), 3, "AAA");
  const std::string bytes_behind_it = PemOf(*DecodeCertificatePem(pem) + "x");
  ASSERT_EQ(WordOfParse(PemOf(*DecodeCertificatePem(pem))), "");
  for (const std::string& text :
       {std::string(), std::string("-----BEGIN CERTIFICATE-----"), pem + pem, "x" + pem, pem + "x",
        "<xml>" + pem + "</xml>", "<GetTopicAttributesResponse>\n" + pem, crlf, broken, other_bytes,
        bytes_behind_it, pem.substr(0, pem.size() / 2), pem.substr(1),
        std::string("-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----\n"),
        std::string("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"), SharedKey()->Pem(),
        "bag attributes\n" + pem}) {
    EXPECT_EQ(WordOfParse(text), "certificate_malformed") << text;
  }
}

TEST(Certificate, SizeHasALimit) {
  const std::string pem = Pem();
  EXPECT_EQ(WordOfParse(pem + std::string(kCertificateBytesMax - pem.size(), '\n')), "");
  EXPECT_EQ(WordOfParse(pem + std::string(kCertificateBytesMax - pem.size() + 1, '\n')),
            "certificate_malformed");
}

TEST(Certificate, NeedsAnRsaKeyOf2048Bits) {
  EXPECT_EQ(WordOfParse(SnsSigner(SnsKey::Make(kRsaBitsMin - 8)).certificate()), "certificate_key");
  EXPECT_EQ(WordOfParse(SnsSigner(SnsKey::Make(1024)).certificate()), "certificate_key");
  EXPECT_EQ(WordOfParse(SnsSigner(SnsKey::Make(512)).certificate()), "certificate_key");
  EXPECT_EQ(WordOfParse(SnsSigner(SnsKey::MakeElliptic()).certificate()), "certificate_key");
}

TEST(Certificate, IsNoAuthoritys) {
  EXPECT_EQ(WordOfParse(Pem({.is_authority = true})), "certificate_of_authority");
}

TEST(CertificateDirectory, HoldsCertificatesUnderTheNamesOfTheirUrls) {
  const test::TempDir dir;
  const SnsSigner signer(SharedKey());
  const SnsSigner self_signed(SharedKey(), {.issuer = ""});
  const SnsSigner weak(SnsKey::Make(1024));
  for (const SnsSigner* const one : {&signer, &self_signed, &weak}) {
    test::WriteFile(dir.path() / one->file_name(), one->certificate());
  }
  test::WriteFile(dir.path() / "README.txt", "not a certificate");
  MT_ASSERT_OK_AND_ASSIGN(const auto certificates, ReadCertificateDirectory(dir.path()));
  ASSERT_EQ(certificates.size(), 3);
  EXPECT_EQ(certificates.at(signer.file_name()).index(), 0);
  EXPECT_EQ(certificates.at(self_signed.file_name()).index(), 0);
  // A weak one does not keep the others from being used.
  EXPECT_EQ(std::get<Refused>(certificates.at(weak.file_name())).reason, Refusal::kCertificateKey);
}

TEST(CertificateDirectory, TellsWhatIsWrongInOneSentence) {
  const test::TempDir dir;
  EXPECT_THAT(ReadCertificateDirectory(dir.path() / "none"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("cannot list")));
  test::WriteFile(dir.path() / "cert.pem", Pem());
  EXPECT_THAT(ReadCertificateDirectory(dir.path()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("must be named as in")));
  std::filesystem::remove(dir.path() / "cert.pem");
  const std::string name = SnsSigner(SharedKey()).file_name();
  test::WriteFile(dir.path() / name, "nonsense");
  EXPECT_THAT(ReadCertificateDirectory(dir.path()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is no signing certificate")));
}

}  // namespace
}  // namespace mailtrail::ingest::sns
