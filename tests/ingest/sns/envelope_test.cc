#include "ingest/sns/envelope.h"

#include <string>

#include "gmock/gmock.h"
#include "ingest/sns/limits.h"
#include "storage/base/text.h"
#include "tests/ingest/sns/verifier_fixture.h"

namespace mailtrail::ingest::sns {
namespace {

using test::Quote;
using test::SignedFields;
using test::SnsFields;

const test::SnsSigner& Signer() {
  static const test::SnsSigner kSigner(SharedKey());
  return kSigner;
}

SnsFields Notification() { return SignedFields(Signer(), {}); }
SnsFields Confirmation() { return SignedFields(Signer(), {.type = "SubscriptionConfirmation"}); }

// "" when it was read, else "reason detail".
std::string Outcome(std::string_view body) {
  const auto parsed = ParseEnvelope(body);
  const auto* const refused = std::get_if<Refused>(&parsed);
  if (refused == nullptr) return "";
  return refused->detail.empty() ? std::string(Word(refused->reason))
                                 : Cat(Word(refused->reason), " ", refused->detail);
}
std::string Outcome(const SnsFields& fields) { return Outcome(fields.Render()); }

// The reason alone, where the detail is the JSON reader's own.
std::string ReasonOf(std::string_view body) {
  const std::string outcome = Outcome(body);
  return outcome.substr(0, outcome.find(' '));
}

TEST(Envelope, HoldsANotification) {
  SnsFields fields = Notification();
  fields.Set("Message", Quote("{\"a\":\"\u00e9 \\u0000 \xF0\x9F\x93\xAC\"}\n"));
  const auto parsed = ParseEnvelope(fields.Render());
  const auto* const envelope = std::get_if<Envelope>(&parsed);
  ASSERT_NE(envelope, nullptr);
  EXPECT_EQ(envelope->type, MessageType::kNotification);
  EXPECT_EQ(envelope->message_id, "0f1e2d3c-4b5a-5968-8776-a5b4c3d2e1f0");
  EXPECT_EQ(HexEncode({envelope->message_id_bytes.data(), 16}), "0f1e2d3c4b5a59688776a5b4c3d2e1f0");
  EXPECT_EQ(envelope->topic.text, "arn:aws:sns:us-east-1:123456789012:ses-events");
  EXPECT_EQ(envelope->topic.name, "ses-events");
  EXPECT_EQ(envelope->timestamp, "2026-11-20T10:00:00.000Z");
  EXPECT_EQ(envelope->signed_time, test::FakeClock::kStart);
  EXPECT_EQ(envelope->subject, "Amazon SES Email Event Notification");
  EXPECT_EQ(envelope->message, "{\"a\":\"\u00e9 \\u0000 \xF0\x9F\x93\xAC\"}\n");
  EXPECT_EQ(envelope->token, "");
  EXPECT_EQ(envelope->subscribe_url, "");
  EXPECT_EQ(envelope->signature_version, SignatureVersion::kSha1);
  EXPECT_EQ(envelope->signature.size(), 256);
  EXPECT_EQ(envelope->signing_cert_url, Signer().Url());
}

TEST(Envelope, HoldsAConfirmation) {
  for (const MessageType type :
       {MessageType::kSubscriptionConfirmation, MessageType::kUnsubscribeConfirmation}) {
    const auto parsed = ParseEnvelope(
        SignedFields(Signer(), {.type = std::string(Name(type)), .version = "2"}).Render());
    const auto* const envelope = std::get_if<Envelope>(&parsed);
    ASSERT_NE(envelope, nullptr);
    EXPECT_EQ(envelope->type, type);
    EXPECT_EQ(envelope->token, "2336412f37fb687f5d51e6e2425929f5");
    EXPECT_THAT(envelope->subscribe_url, ::testing::StartsWith("https://sns.us-east-1."));
    EXPECT_EQ(envelope->subject, std::nullopt);
    EXPECT_EQ(envelope->signature_version, SignatureVersion::kSha256);
  }
}

TEST(Envelope, DecodesEscapesAsJsonDoes) {
  SnsFields fields = Notification();
  fields.Set("Message", R"("\u0041\u00e9\ud83d\udcec\"\\\/\b\f\n\r\t\u0000")");
  const auto parsed = ParseEnvelope(fields.Render());
  using namespace std::string_literals;
  ASSERT_NE(std::get_if<Envelope>(&parsed), nullptr);
  EXPECT_EQ(std::get<Envelope>(parsed).message, "A\xC3\xA9\xF0\x9F\x93\xAC\"\\/\b\f\n\r\t\0"s);
}

TEST(Envelope, TellsAnAbsentANullAndAnEmptySubjectApart) {
  SnsFields fields = Notification();
  const auto subject = [&] { return std::get<Envelope>(ParseEnvelope(fields.Render())).subject; };
  fields.Set("Subject", R"("")");
  EXPECT_EQ(subject(), "");
  fields.Set("Subject", "null");
  EXPECT_EQ(subject(), std::nullopt);
  fields.Remove("Subject");
  EXPECT_EQ(subject(), std::nullopt);
}

TEST(Envelope, IgnoresMembersThatItDoesNotKnow) {
  SnsFields fields = Notification();
  fields.Add("MessageAttributes", R"({"a":{"Type":"String","Value":"b"}})");
  fields.Add("SequenceNumber", "10000000000000003000");
  fields.Add("FromTheFuture", "[1.5e300,true,null]");
  EXPECT_EQ(Outcome(fields), "");
}

TEST(Envelope, RefusesWhatIsNoJsonObject) {
  const std::string good = Notification().Render();
  ASSERT_EQ(Outcome(good), "");
  for (const std::string& body :
       {std::string(), std::string(" "), std::string("{"), good.substr(0, good.size() - 1),
        good + "x", good + "{}", good + ",", good + std::string(1, '\0'), "\xEF\xBB\xBF" + good,
        "\xFF\xFE" + good, std::string("{'Type':'Notification'}"), std::string("{\"Type\"}"),
        std::string("{\"a\":1,}"), std::string("\x1F\x8B\x08\x00 gzip", 9),
        std::string("Successfully validated SNS topic for Amazon SES event publishing.")}) {
    EXPECT_EQ(ReasonOf(body), "not_json") << body;
  }
  EXPECT_EQ(Outcome(std::string_view("[]")), "not_object");
  EXPECT_EQ(Outcome(std::string_view("\"Notification\"")), "not_object");
  EXPECT_EQ(Outcome(std::string_view("null")), "not_object");
  EXPECT_EQ(ReasonOf("[" + good + "]"), "not_object");
}

TEST(Envelope, RefusesTextThatIsNotUtf8) {
  for (const std::string_view text :
       {"\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xFF", "\xF5\x80\x80\x80"}) {
    SnsFields fields = Notification();
    fields.Set("Message", Cat("\"", text, "\""));
    EXPECT_EQ(ReasonOf(fields.Render()), "not_json");
  }
  for (const std::string_view text : {R"("\ud800")", R"("\udc00")", R"("\ud83dx")", R"("\u12")",
                                      R"("\x41")", "\"a\nb\"", "\"a\tb\"", "\"a\x1f\""}) {
    SnsFields fields = Notification();
    fields.Set("Message", text);
    EXPECT_EQ(ReasonOf(fields.Render()), "not_json") << text;
  }
}

TEST(Envelope, SizeHasALimit) {
  SnsFields fields = Notification();
  fields.Set("Message", "\"\"");
  const std::size_t rest = fields.Render().size();
  fields.Set("Message", Quote(std::string(kBodyBytesMax - rest, 'm')));
  ASSERT_EQ(fields.Render().size(), kBodyBytesMax);
  EXPECT_EQ(Outcome(fields), "");
  EXPECT_EQ(Outcome(fields.Render() + " "), "body_too_large");
  // The reader of this thread has grown; it still reads the small ones.
  EXPECT_EQ(Outcome(Notification()), "");
}

std::string Nested(std::size_t levels) {
  return std::string(levels, '[') + std::string(levels, ']');
}

TEST(Envelope, DepthHasALimit) {
  SnsFields fields = Notification();
  // The envelope itself is one level.
  fields.Add("Deep", Nested(kEnvelopeDepthMax - 1));
  EXPECT_EQ(Outcome(fields), "");
  fields.Set("Deep", Nested(kEnvelopeDepthMax));
  EXPECT_EQ(Outcome(fields), "too_deep");
  for (const std::size_t levels : {1'000, 100'000, 500'000}) {
    fields.Set("Deep", Nested(levels));
    EXPECT_EQ(Outcome(fields), "too_deep");
    EXPECT_EQ(ReasonOf(std::string(levels, '[')), "not_json");
  }
}

TEST(Envelope, MembersHaveALimit) {
  SnsFields fields = Notification();
  constexpr std::size_t kOfANotification = 10;
  for (std::size_t i = kOfANotification; i < kEnvelopeMembersMax; ++i) {
    fields.Add(Cat("more", i), "0");
  }
  EXPECT_EQ(Outcome(fields), "");
  fields.Add("one", "0");
  EXPECT_EQ(Outcome(fields), "too_many_members");
}

TEST(Envelope, RefusesAMemberThatComesTwice) {
  for (const std::string_view name :
       {"Type", "MessageId", "TopicArn", "Subject", "Message", "Timestamp", "SignatureVersion",
        "Signature", "SigningCertURL", "UnsubscribeURL"}) {
    SnsFields fields = Notification();
    fields.Add(name, "\"x\"");
    EXPECT_EQ(Outcome(fields), "duplicate_member") << name;
    // The twin spelt with an escape, behind the member and before it.
    const std::string twin =
        Cat(name.substr(0, 2), "\\u00", HexEncode(name.substr(2, 1)), name.substr(3));
    SnsFields escaped = Notification();
    escaped.Add(twin, "\"x\"");
    EXPECT_EQ(Outcome(escaped), "duplicate_member") << twin;
    EXPECT_EQ(Outcome(Cat("{\"", twin, "\":\"x\",", Notification().Render().substr(1))),
              "duplicate_member")
        << twin;
  }
  SnsFields fields = Notification();
  fields.Add("SomethingElse", "1");
  fields.Add("SomethingElse", "1");
  EXPECT_EQ(Outcome(fields), "duplicate_member");
}

TEST(Envelope, NeedsEachSignedFieldAsText) {
  for (const std::string_view name : {"MessageId", "TopicArn", "Message", "Timestamp",
                                      "SignatureVersion", "Signature", "SigningCertURL"}) {
    SnsFields fields = Notification();
    for (const std::string_view json : {"1", "null", "true", "[]", "{}", "[\"x\"]", "1.5"}) {
      fields.Set(name, json);
      EXPECT_EQ(Outcome(fields), Cat("field_not_text ", name)) << json;
    }
    fields.Remove(name);
    EXPECT_EQ(Outcome(fields), Cat("missing_field ", name));
  }
  for (const std::string_view name : {"Token", "SubscribeURL"}) {
    SnsFields fields = Confirmation();
    fields.Set(name, "1");
    EXPECT_EQ(Outcome(fields), Cat("field_not_text ", name));
    fields.Remove(name);
    EXPECT_EQ(Outcome(fields), Cat("missing_field ", name));
  }
  SnsFields fields = Notification();
  fields.Set("Subject", "1");
  EXPECT_EQ(Outcome(fields), "field_not_text Subject");
  fields.Remove("Type");
  EXPECT_EQ(Outcome(fields), "missing_field Type");
}

TEST(Envelope, IsNotWhatOtherDoorsCallIt) {
  // Lambda's spelling.
  std::string body = Notification().Render();
  body.replace(body.find("SigningCertURL"), 14, "SigningCertUrl");
  EXPECT_EQ(Outcome(body), "missing_field SigningCertURL");
  // Raw delivery: the event without an envelope.
  EXPECT_EQ(Outcome(std::string_view(R"({"eventType":"Send","mail":{}})")), "missing_field Type");
}

TEST(Envelope, RefusesFieldsOutsideTheirForm) {
  const struct {
    std::string_view name;
    std::string_view text;
    std::string_view outcome;
  } rows[] = {
      {"Type", "notification", "unknown_type"},
      {"Type", "Notification\n", "unknown_type"},
      {"Type", "", "unknown_type"},
      {"MessageId", "", "field_form MessageId"},
      {"MessageId", "0f1e2d3c-4b5a-5968-8776-a5b4c3d2e1f0\nSubject\nx", "field_form MessageId"},
      {"TopicArn", "arn:aws:sns:us-east-1:123456789012:t\nType\nNotification",
       "field_form TopicArn"},
      {"TopicArn", "", "field_form TopicArn"},
      {"Timestamp", "2026-11-20T10:00:00Z", "field_form Timestamp"},
      {"Timestamp", "2026-11-20T10:00:00.000+00:00", "field_form Timestamp"},
      {"Timestamp", "2026-02-30T10:00:00.000Z", "field_form Timestamp"},
      {"Timestamp", "2026-11-20T25:00:00.000Z", "field_form Timestamp"},
      {"Subject", "a\nTimestamp\nb", "field_form Subject"},
      {"SignatureVersion", "", "unknown_signature_version"},
      {"SignatureVersion", "3", "unknown_signature_version"},
      {"SignatureVersion", " 1", "unknown_signature_version"},
      {"SignatureVersion", "1 ", "unknown_signature_version"},
      {"SignatureVersion", "01", "unknown_signature_version"},
      {"Signature", "", "field_form Signature"},
      {"Signature", "!!!!", "field_form Signature"},
      {"Signature", "Zm9v", "field_form Signature"},
  };
  for (const auto& row : rows) {
    SnsFields fields = Notification();
    fields.Set(row.name, Quote(row.text));
    EXPECT_EQ(Outcome(fields), row.outcome) << row.text;
  }
}

TEST(Envelope, SignatureHasALengthThatAKeyCouldHave) {
  SnsFields fields = Notification();
  const auto with_bytes = [&](std::size_t bytes) {
    // Groups of three bytes of zeros, four letters each.
    std::string text;
    for (std::size_t i = 0; i < bytes / 3; ++i) text += "AAAA";
    if (bytes % 3 == 1) text += "AA==";
    if (bytes % 3 == 2) text += "AAA=";
    fields.Set("Signature", Quote(text));
    return Outcome(fields);
  };
  EXPECT_EQ(with_bytes(kSignatureBytesMin - 1), "field_form Signature");
  EXPECT_EQ(with_bytes(kSignatureBytesMin), "");
  EXPECT_EQ(with_bytes(kSignatureBytesMax), "");
  EXPECT_EQ(with_bytes(kSignatureBytesMax + 1), "field_form Signature");
}

TEST(Envelope, RefusesFieldsThatItsTypeDoesNotHave) {
  SnsFields notification = Notification();
  notification.Add("Token", "\"2336\"");
  EXPECT_EQ(Outcome(notification), "unexpected_field Token");
  notification.Set("Token", "null");
  EXPECT_EQ(Outcome(notification), "");
  notification.Add("SubscribeURL", "\"https://x\"");
  EXPECT_EQ(Outcome(notification), "unexpected_field SubscribeURL");
  SnsFields confirmation = Confirmation();
  confirmation.Add("Subject", "\"\"");
  EXPECT_EQ(Outcome(confirmation), "unexpected_field Subject");
}

}  // namespace
}  // namespace mailtrail::ingest::sns
