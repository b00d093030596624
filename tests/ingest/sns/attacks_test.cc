// What forgers try, row by row: each is refused for its own reason, and none makes us call out.

#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "storage/base/text.h"
#include "tests/ingest/sns/verifier_fixture.h"
#include "tests/ingest/sns/wrong_urls.h"

namespace mailtrail::ingest::sns {
namespace {

using test::Quote;
using test::SignedFields;
using test::SnsFields;
using test::SnsPush;
using test::SnsSigner;

// The certificate is seeded, so that every fetch is one that a forger caused.
class AttacksTest : public VerifierTest {
 protected:
  AttacksTest() {
    verifier.SetSeededCertificates(
        {{signer.file_name(), Certificate::Parse(signer.certificate())}});
  }
  ~AttacksTest() override { EXPECT_EQ(fetcher.calls(), 0); }

  SnsFields Genuine(const SnsPush& push = {}) { return SignedFields(signer, push); }
  std::string Outcome(const SnsFields& fields) { return VerifierTest::Outcome(fields.Render()); }
};

TEST_F(AttacksTest, StartFromAGenuinePush) {
  for (const char* const version : {"1", "2"}) {
    for (const char* const type :
         {"Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"}) {
      EXPECT_EQ(Outcome(Genuine({.type = type, .version = version})), "genuine") << type << version;
    }
  }
}

TEST_F(AttacksTest, WithACertificateOfTheirOwn) {
  for (const std::string& url : WrongCertificateUrls()) {
    SnsFields fields = Genuine();
    fields.Set("SigningCertURL", Quote(url));
    const std::string outcome = Outcome(fields);
    EXPECT_EQ(outcome, "certificate_url") << url;
  }
}

TEST_F(AttacksTest, WithAnotherSignature) {
  const SnsSigner stranger(test::SnsKey::Make());
  const std::string zeros = "\"" + std::string(342, 'A') + "==\"";
  const std::string of_another_length = "\"" + std::string(340, 'A') + "\"";
  const struct {
    std::string_view name;
    std::string_view json;
    std::string_view outcome;
  } rows[] = {
      {"Signature", zeros, "signature_mismatch"},
      {"Signature", of_another_length, "signature_mismatch"},
      {"Signature", "\"\"", "field_form"},
      {"Signature", "\"not base64\"", "field_form"},
      {"Signature", "null", "field_not_text"},
      {"SignatureVersion", "\"2\"", "signature_mismatch"},
      {"SignatureVersion", "\"3\"", "unknown_signature_version"},
      {"SignatureVersion", "\" 1\"", "unknown_signature_version"},
      {"SignatureVersion", "1", "field_not_text"},
  };
  for (const auto& row : rows) {
    SnsFields fields = Genuine();
    fields.Set(row.name, row.json);
    EXPECT_EQ(Outcome(fields), row.outcome) << row.json;
  }
  SnsFields of_version_2 = Genuine({.version = "2"});
  of_version_2.Set("SignatureVersion", "\"1\"");
  EXPECT_EQ(Outcome(of_version_2), "signature_mismatch");
  SnsFields without_version = Genuine();
  without_version.Remove("SignatureVersion");
  EXPECT_EQ(Outcome(without_version), "missing_field");
  SnsFields signed_by_a_stranger = SignedFields(stranger, {});
  signed_by_a_stranger.Set("SigningCertURL", Quote(signer.Url()));
  EXPECT_EQ(Outcome(signed_by_a_stranger), "signature_mismatch");
}

TEST_F(AttacksTest, WithOneSignedFieldChanged) {
  const struct {
    std::string_view name;
    std::string_view text;
  } rows[] = {
      {"Message", "{\"eventType\":\"Send\"}"},  // Without the line feed at its end.
      {"Message", "{\"eventType\":\"Sent\"}\n"},
      {"MessageId", "0f1e2d3c-4b5a-5968-8776-a5b4c3d2e1f1"},
      {"Subject", "Amazon SES Email Event NotificatioN"},
      {"Subject", ""},
      {"Timestamp", "2026-11-20T10:00:00.001Z"},
      {"TopicArn", "arn:aws:sns:us-east-1:123456789012:ses-other"},
  };
  for (const auto& row : rows) {
    SnsFields fields = Genuine();
    fields.Set(row.name, Quote(row.text));
    EXPECT_EQ(Outcome(fields), "signature_mismatch") << row.text;
  }
  SnsFields other_token = Genuine({.type = "SubscriptionConfirmation"});
  other_token.Set("Token", "\"2336412f37fb687f5d51e6e2425929f6\"");
  EXPECT_EQ(Outcome(other_token), "signature_mismatch");
  SnsFields other_url = Genuine({.type = "SubscriptionConfirmation"});
  other_url.Set("SubscribeURL", "\"https://evil.tld/\"");
  EXPECT_EQ(Outcome(other_url), "signature_mismatch");
  SnsFields other_type = Genuine({.type = "SubscriptionConfirmation"});
  other_type.Set("Type", "\"UnsubscribeConfirmation\"");
  EXPECT_EQ(Outcome(other_type), "signature_mismatch");
}

TEST_F(AttacksTest, WithTheSubjectAbsentNullOrEmpty) {
  SnsFields without = Genuine();
  without.Remove("Subject");
  EXPECT_EQ(Outcome(without), "signature_mismatch");
  SnsFields null = Genuine();
  null.Set("Subject", "null");
  EXPECT_EQ(Outcome(null), "signature_mismatch");
  // Genuine in each form that SNS itself could sign.
  EXPECT_EQ(Outcome(Genuine({.subject = std::nullopt})), "genuine");
  SnsFields null_for_absent = Genuine({.subject = std::nullopt});
  null_for_absent.Add("Subject", "null");
  EXPECT_EQ(Outcome(null_for_absent), "genuine");
  EXPECT_EQ(Outcome(Genuine({.subject = ""})), "genuine");
  SnsFields empty_for_absent = Genuine({.subject = std::nullopt});
  empty_for_absent.Add("Subject", "\"\"");
  EXPECT_EQ(Outcome(empty_for_absent), "signature_mismatch");
}

// The bytes that are signed are the same: only the forms of the fields tell the forgery.
TEST_F(AttacksTest, WithFieldsMovedAcrossALineFeed) {
  SnsFields id_takes_subject = Genuine();
  id_takes_subject.Set("MessageId", Quote("0f1e2d3c-4b5a-5968-8776-a5b4c3d2e1f0\nSubject\n"
                                          "Amazon SES Email Event Notification"));
  id_takes_subject.Remove("Subject");
  EXPECT_EQ(Outcome(id_takes_subject), "field_form");

  // Whoever may publish chooses the message; it pretends to hold an id and the head of a subject.
  SnsFields message_gives_id =
      Genuine({.subject = std::nullopt,
               .message = "x\nMessageId\n11111111-2222-3333-4444-555555555555\nSubject\ny"});
  ASSERT_EQ(Outcome(message_gives_id), "genuine");
  message_gives_id.Set("Message", "\"x\"");
  message_gives_id.Set("MessageId", "\"11111111-2222-3333-4444-555555555555\"");
  message_gives_id.Add("Subject", Quote("y\nMessageId\n0f1e2d3c-4b5a-5968-8776-a5b4c3d2e1f0"));
  EXPECT_EQ(Outcome(message_gives_id), "field_form");

  SnsFields topic_takes_type = Genuine();
  topic_takes_type.Set("TopicArn", Quote("arn:aws:sns:us-east-1:123456789012:ses-events\nType"));
  EXPECT_EQ(Outcome(topic_takes_type), "field_form");
}

TEST_F(AttacksTest, WithAnotherTopic) {
  EXPECT_EQ(Outcome(Genuine({.topic_arn = "arn:aws:sns:us-east-1:666666666666:ses-events"})),
            "foreign_account");
  EXPECT_EQ(Outcome(Genuine({.type = "SubscriptionConfirmation",
                             .topic_arn = "arn:aws:sns:us-east-1:666666666666:ses-events"})),
            "foreign_account");
  EXPECT_EQ(Outcome(Genuine({.topic_arn = "arn:aws-cn:sns:cn-north-1:123456789012:ses-events"})),
            "foreign_account");
  EXPECT_EQ(Outcome(Genuine({.topic_arn = "arn:aws:sns:us-east-1:123456789012:billing"})),
            "unlisted_topic");
  EXPECT_EQ(Outcome(Genuine({.topic_arn = "arn:aws:sns:eu-west-1:123456789012:ses-events"})),
            "unlisted_topic");
}

TEST_F(AttacksTest, WithMembersThatReadersDisagreeAbout) {
  SnsFields twice = Genuine();
  twice.Add("Message", "\"other\"");
  EXPECT_EQ(Outcome(twice), "duplicate_member");
  SnsFields escaped = Genuine();
  escaped.Add("Mess\\u0061ge", "\"other\"");
  EXPECT_EQ(Outcome(escaped), "duplicate_member");
  SnsFields token = Genuine();
  token.Add("Token", "\"2336\"");
  EXPECT_EQ(Outcome(token), "unexpected_field");
  EXPECT_EQ(VerifierTest::Outcome(Genuine().Render() + "{}"), "not_json");
  EXPECT_EQ(VerifierTest::Outcome(R"({"eventType":"Send","mail":{}})"), "missing_field");
}

TEST_F(AttacksTest, WithAHeaderThatContradictsTheBody) {
  const auto announced = [&](std::string_view type) {
    std::string word;
    const std::string body = Genuine().Render();
    verifier.Verify({.body = body, .announced_type = type},
                    [&](const Verdict& verdict) { word = WordOf(verdict); });
    return word;
  };
  EXPECT_EQ(announced("Notification"), "genuine");
  for (const std::string_view type :
       {"", "notification", "SubscriptionConfirmation", "Notification "}) {
    EXPECT_EQ(announced(type), "type_mismatch") << type;
  }
}

// What is not signed may say anything, since nothing follows from it.
TEST_F(AttacksTest, CannotUseWhatIsNotSigned) {
  SnsFields fields = Genuine();
  fields.Set("UnsubscribeURL", "\"https://evil.tld/\"");
  fields.Add("MessageAttributes", R"({"a":{"Type":"String","Value":"b"}})");
  const Verdict verdict = Judge(fields.Render());
  ASSERT_EQ(WordOf(verdict), "genuine");
  EXPECT_EQ(std::get<GenuinePush>(verdict).message, "{\"eventType\":\"Send\"}\n");
}

TEST_F(AttacksTest, ByReplayingGetTheSameIdentity) {
  const std::string body = Genuine().Render();
  for (int i = 0; i < 1'000; ++i) {
    const Verdict verdict = Judge(body);
    ASSERT_EQ(WordOf(verdict), "genuine");
    ASSERT_EQ(std::get<GenuinePush>(verdict).message_id, "0f1e2d3c-4b5a-5968-8776-a5b4c3d2e1f0");
  }
}

}  // namespace
}  // namespace mailtrail::ingest::sns
