// The messages that AWS really signed (tests/ingest/sns/signed), each judged as expected.json says.

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "gmock/gmock.h"
#include "ingest/sns/canonical_string.h"
#include "ingest/sns/signature.h"
#include "storage/base/text.h"
#include "tests/ingest/sns/verifier_fixture.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::ingest::sns {
namespace {

// What each refused message is refused for.
const std::map<std::string, std::string>& Refusals() {
  static const std::map<std::string, std::string> kRefusedFor = {
      {"messages/ruby-2012-notification-json-message-launch-v1-rsa1024.json", "certificate_key"},
      {"messages/ruby-2012-notification-valid-v1-rsa1024.json", "certificate_key"},
      {"messages/ruby-2012-subscription-confirmation-v1-rsa1024.json", "certificate_key"},
      {"negative/derived-boundary-shift-messageid-swallows-subject.json", "field_form"},
      {"negative/ruby-2012-bad-signature.json", "field_form"},
      {"negative/ruby-2012-non-aws-cert-host.json", "certificate_url"},
  };
  return kRefusedFor;
}

std::filesystem::path Folder() {
  return std::filesystem::path(MAILTRAIL_SOURCE_DIR) / "tests/ingest/sns/signed";
}

std::map<std::string, nlohmann::json> Expected() {
  return nlohmann::json::parse(test::ReadFile(Folder() / "expected.json"));
}

bool IsLambdaSpelling(const std::string& name) { return name.find("lambda") != std::string::npos; }

// Lambda hands records on with two members spelt otherwise; the signature is the same.
std::string InSnsSpelling(std::string body) {
  for (const std::string_view name : {"SigningCert", "Unsubscribe"}) {
    const std::size_t at = body.find(Cat(name, "Url"));
    if (at != std::string::npos) body.replace(at + name.size(), 3, "URL");
  }
  return body;
}

// A verifier that listens to the message's topic, at the time of the message.
class SignedMessagesTest : public VerifierTest {
 protected:
  std::string OutcomeOf(const std::string& name, const nlohmann::json& row) {
    UseSources({{.name = "signed", .number = 1, .topics = {row["topic_arn"]}}});
    clock.SetNow(*ParseTime(row["verify_at"].get<std::string>()));
    // All in one test: the minute's fetches are not what is tested.
    clock.AdvanceSteady(kMillisPerMinute);
    const std::string topic = row["topic_arn"];
    const std::string pem = row["cert"];
    fetcher.Answer(
        Cat("https://", SnsHost(*ParseTopicArn(topic)->partition, ParseTopicArn(topic)->region),
            "/", pem.substr(pem.find('/') + 1)),
        test::ReadFile(Folder() / pem));
    return Outcome(test::ReadFile(Folder() / name));
  }
};

TEST_F(SignedMessagesTest, AreJudgedAsExpected) {
  std::size_t genuine = 0;
  for (const auto& [name, row] : Expected()) {
    const std::string outcome = OutcomeOf(name, row);
    if (IsLambdaSpelling(name)) {
      EXPECT_EQ(outcome, "missing_field") << name;
    } else if (row["must_accept"].get<bool>()) {
      EXPECT_EQ(outcome, "genuine") << name;
      ++genuine;
    } else {
      EXPECT_EQ(outcome, Refusals().at(name)) << name;
    }
  }
  EXPECT_EQ(genuine, 10);
}

TEST_F(SignedMessagesTest, AreRefusedWithASignedFieldOfAnother) {
  const auto expected = Expected();
  const std::string name = "messages/javav2-notification-subject-v1.json";
  ASSERT_EQ(OutcomeOf(name, expected.at(name)), "genuine");
  std::string body = test::ReadFile(Folder() / name);
  body.replace(body.find("My message subject"), 2, "Us");
  EXPECT_EQ(Outcome(body), "signature_mismatch");
}

std::shared_ptr<EVP_PKEY> KeyOf(const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  const std::unique_ptr<X509, decltype(&X509_free)> x509(
      PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), &X509_free);
  return {X509_get_pubkey(x509.get()), &EVP_PKEY_free};
}

std::string Sha256(std::span<const std::string_view> pieces) {
  std::string text;
  for (const std::string_view piece : pieces) text += piece;
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return HexEncode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

// Also those whose certificate is too weak for us, and those that only Lambda spells so.
TEST(SignedMessages, HaveTheCanonicalStringAndTheSignatureOfAws) {
  std::size_t verified = 0;
  for (const auto& [name, row] : Expected()) {
    if (!row.contains("canonical_sha256")) continue;
    auto parsed = ParseEnvelope(InSnsSpelling(test::ReadFile(Folder() / name)));
    ASSERT_EQ(parsed.index(), 0) << name;
    const auto& envelope = std::get<Envelope>(parsed);
    EXPECT_EQ(Name(envelope.type), row["type"].get<std::string>());
    const auto pieces = CanonicalPieces(envelope);
    EXPECT_EQ(Sha256(pieces), row["canonical_sha256"].get<std::string>()) << name;

    const auto key = KeyOf(test::ReadFile(Folder() / row["cert"].get<std::string>()));
    EXPECT_EQ(CheckSignature(*key, envelope.signature_version, pieces, envelope.signature),
              SignatureCheck::kMatches)
        << name;
    const SignatureVersion other = envelope.signature_version == SignatureVersion::kSha1
                                       ? SignatureVersion::kSha256
                                       : SignatureVersion::kSha1;
    EXPECT_EQ(CheckSignature(*key, other, pieces, envelope.signature), SignatureCheck::kDiffers)
        << name;
    EXPECT_EQ(CheckSignature(*key, envelope.signature_version, pieces, envelope.signature + "x"),
              SignatureCheck::kDiffers);
    ++verified;
  }
  EXPECT_EQ(verified, 15);
}

}  // namespace
}  // namespace mailtrail::ingest::sns
