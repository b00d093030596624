#include <random>
#include <string>

#include "gmock/gmock.h"
#include "tests/ingest/sns/verifier_fixture.h"

namespace mailtrail::ingest::sns {
namespace {

class MutationTest : public VerifierTest {
 protected:
  MutationTest() {
    verifier.SetSeededCertificates(
        {{signer.file_name(), Certificate::Parse(signer.certificate())}});
  }
};

void ExpectSame(const GenuinePush& push, const GenuinePush& original, const std::string& body) {
  EXPECT_EQ(push.type, original.type) << body;
  EXPECT_EQ(push.topic.text, original.topic.text) << body;
  EXPECT_EQ(push.source, original.source) << body;
  EXPECT_EQ(push.message_id, original.message_id) << body;
  EXPECT_EQ(push.message_id_bytes, original.message_id_bytes) << body;
  EXPECT_EQ(push.signed_time, original.signed_time) << body;
  EXPECT_EQ(push.subject, original.subject) << body;
  EXPECT_EQ(push.message, original.message) << body;
  EXPECT_EQ(push.token, original.token) << body;
}

// One byte changed, left out, doubled or put in, anywhere: the push is refused, or says what it
// said (white space and what is not signed may change).
TEST_F(MutationTest, NeverChangesWhatAGenuinePushSays) {
  std::mt19937 random(20261120);
  std::size_t accepted = 0;
  std::size_t refused = 0;
  for (const char* const type : {"Notification", "SubscriptionConfirmation"}) {
    const std::string body =
        test::SignedFields(signer, {.type = type, .message = "{\"a\":\"\\u00e9\\n\"}\n"}).Render();
    const Verdict original = Judge(body);
    ASSERT_EQ(WordOf(original), "genuine");
    for (int i = 0; i < 5'000; ++i) {
      std::string mutated = body;
      const std::size_t at = random() % mutated.size();
      const char byte = static_cast<char>(random());
      switch (random() % 5) {
        case 0:
          mutated[at] = byte;
          break;
        case 1:
          mutated[at] = static_cast<char>(mutated[at] ^ (1U << (random() % 8)));
          break;
        case 2:
          mutated.erase(at, 1 + random() % 3);
          break;
        case 3:
          mutated.insert(at, 1, byte);
          break;
        default:
          mutated.insert(at, mutated.substr(at, 1 + random() % 20));
          break;
      }
      const Verdict verdict = Judge(mutated);
      if (const auto* const push = std::get_if<GenuinePush>(&verdict)) {
        ++accepted;
        ExpectSame(*push, std::get<GenuinePush>(original), mutated);
      } else {
        ++refused;
      }
    }
  }
  // Both happen, or the test shows nothing.
  EXPECT_GT(accepted, 100);
  EXPECT_GT(refused, 5'000);
}

// Each byte of each signed value, and of the signature: refused.
TEST_F(MutationTest, OfASignedValueIsNeverAccepted) {
  for (const char* const type : {"Notification", "UnsubscribeConfirmation"}) {
    const test::SnsPush push{.type = type};
    const std::string body = test::SignedFields(signer, push).Render();
    for (const std::string_view name : {"Type", "MessageId", "Token", "TopicArn", "Subject",
                                        "Message", "SubscribeURL", "Timestamp", "Signature"}) {
      const std::size_t member = body.find("\"" + std::string(name) + "\" : \"");
      if (member == std::string::npos) continue;
      const std::size_t begin = member + name.size() + 6;
      const std::size_t end = body.find('\n', begin) - 2;
      for (std::size_t at = begin; at < end; ++at) {
        for (const unsigned bit : {0U, 1U, 5U}) {
          std::string mutated = body;
          mutated[at] = static_cast<char>(mutated[at] ^ (1U << bit));
          ASSERT_NE(Outcome(mutated), "genuine") << mutated;
        }
      }
    }
  }
}

}  // namespace
}  // namespace mailtrail::ingest::sns
