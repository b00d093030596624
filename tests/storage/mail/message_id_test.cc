#include "storage/mail/message_id.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "storage/mail/limits.h"
#include "tests/storage/mail/events.h"

namespace mailtrail::mail {
namespace {

using ::testing::Optional;

constexpr std::string_view kUsual = "0107017cda9fa5c6-be6757c7-8954-4f49-bea4-259cb6e602de-000000";
constexpr std::string_view kUpper = "0107017CDA9FA5C6-BE6757C7-8954-4F49-BEA4-259CB6E602DE-000000";
constexpr std::string_view kExample =
    "EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000";

MessageKeys TestMessageKeys() { return MessageKeys(test::TestKeys()); }

std::string KeyHex(std::string_view id) { return HexEncode(TestMessageKeys().KeyOf(id).view()); }

TEST(MessageId, AcceptsWhatSesAndItsDocumentationWrite) {
  for (const std::string_view id :
       {kUsual, kExample, std::string_view("7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000"),
        std::string_view("a"), std::string_view("A.b_c-9")}) {
    EXPECT_TRUE(IsMessageId(id)) << id;
  }
}

TEST(MessageId, RefusesWhatCouldNotStandInAnEventId) {
  for (const std::string_view id :
       {std::string_view(""), std::string_view("a b"), std::string_view("a@b"),
        std::string_view("<a>"), std::string_view("a/b"), std::string_view("\xC3\xA4"),
        std::string_view("a\0b", 3), std::string_view("a\n")}) {
    EXPECT_FALSE(IsMessageId(id)) << id;
  }
}

TEST(MessageId, HasAtMostTheLimitOfCharacters) {
  EXPECT_TRUE(IsMessageId(std::string(kMaxMessageIdLength, 'a')));
  EXPECT_FALSE(IsMessageId(std::string(kMaxMessageIdLength + 1, 'a')));
}

TEST(ParseMessageId, TakesTheIdAsPeopleFindItInDeliveredMail) {
  for (const std::string_view text :
       {std::string("<") + std::string(kUsual) + "@eu-central-1.amazonses.com>",
        std::string(kUsual) + "@email.amazonses.com", std::string(kUsual) + "@AmazonSES.com",
        " <" + std::string(kUsual) + "> ", std::string(kUsual)}) {
    EXPECT_THAT(ParseMessageId(text), Optional(std::string(kUsual))) << text;
  }
}

TEST(ParseMessageId, RefusesForeignDomainsAndOtherTexts) {
  for (const std::string_view text :
       {"<a@example.org>", "a@amazonses.com.example.org", "a@notamazonses.com", "a@",
        "@amazonses.com", "<>", "<", ">", "", "<<a>>", "a b@email.amazonses.com",
        "a@b@email.amazonses.com"}) {
    EXPECT_EQ(ParseMessageId(text), std::nullopt) << text;
  }
}

// Computed apart from our code, by an implementation of RFC 5869 and of SipHash-2-4 checked against
// the test vector of its authors.
TEST(MessageKey, HasFrozenBytes) {
  EXPECT_EQ(KeyHex(kUsual), "0107017cda9fa5c6ddc071a84eaf8474");
  EXPECT_EQ(KeyHex(kExample), "ff6ad2b876193286946e7d64fe725541");
  EXPECT_EQ(KeyHex("a"), "ffb3cca3816af01916c70f5dbda4d75b");
}

TEST(MessageKey, OfAnyOtherFormSortsLast) {
  EXPECT_EQ(KeyHex(kUpper), "ffadc3a80cc97b9012728e5f5ecc97b2");
  EXPECT_EQ(KeyHex("ff07017cda9fa5c6-be6757c7-8954-4f49-bea4-259cb6e602de-000000"),
            "ffc5609a0e690cd64c1c0f8ccce940cf");
  for (std::size_t i = 0; i < kUsual.size(); ++i) {
    std::string id(kUsual);
    id[i] = id[i] == '-' ? '0' : 'g';
    EXPECT_EQ(KeyHex(id).substr(0, 2), "ff") << id;
  }
  EXPECT_EQ(KeyHex(std::string(kUsual) + "0").substr(0, 2), "ff");
}

TEST(MessageKey, AscendsWithTheSendTime) {
  EXPECT_LT(KeyHex("0107017cda9fa5c6-ffffffff-ffff-ffff-ffff-ffffffffffff-999999"),
            KeyHex("0107017cda9fa5c7-00000000-0000-0000-0000-000000000000-000000"));
}

TEST(MessageKeys, ShardHashIsTheFirst16BitsOfTheHashForAnyFormOfId) {
  EXPECT_EQ(TestMessageKeys().ShardHashOf(kUsual), 0xDDC0);
  EXPECT_EQ(TestMessageKeys().ShardHashOf(kExample), 0x74B6);
  EXPECT_EQ(TestMessageKeys().ShardHashOf("a"), 0x062B);
}

}  // namespace
}  // namespace mailtrail::mail
