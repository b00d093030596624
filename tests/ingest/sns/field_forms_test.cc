#include "ingest/sns/field_forms.h"

#include <string>

#include "gmock/gmock.h"
#include "ingest/sns/base64.h"
#include "ingest/sns/limits.h"

namespace mailtrail::ingest::sns {
namespace {

TEST(FieldForms, MessageIdIsALowerCaseUuid) {
  EXPECT_TRUE(IsUuid("f3f2fc87-c426-4c2f-9044-b55890c0939c"));
  for (const std::string_view text :
       {"", "f3f2fc87-c426-4c2f-9044-b55890c0939", "f3f2fc87-c426-4c2f-9044-b55890c0939c0",
        "F3F2FC87-C426-4C2F-9044-B55890C0939C", "f3f2fc87c4264c2f9044b55890c0939c----",
        "f3f2fc87-c426-4c2f-9044-b55890c0939g", "f3f2fc87-c426-4c2f-9044-b55890c0939\n"}) {
    EXPECT_FALSE(IsUuid(text)) << text;
  }
}

TEST(FieldForms, TimestampHasMillisecondsAndZ) {
  EXPECT_TRUE(IsTimestampForm("2026-11-20T10:00:00.000Z"));
  for (const std::string_view text :
       {"", "2026-11-20T10:00:00Z", "2026-11-20T10:00:00.0000Z", "2026-11-20T10:00:00.000z",
        "2026-11-20 10:00:00.000Z", "2026-11-20T10:00:00.000+", "+026-11-20T10:00:00.000Z"}) {
    EXPECT_FALSE(IsTimestampForm(text)) << text;
  }
}

TEST(FieldForms, SubjectHasNoControlCharacters) {
  EXPECT_TRUE(IsSubject(""));
  EXPECT_TRUE(IsSubject("Amazon SES Email Event Notification"));
  EXPECT_TRUE(IsSubject("\xC3\xA9t\xC3\xA9 \xC2\xA0 \xF0\x9F\x93\xAC"));
  for (const std::string_view text :
       {std::string_view("a\nb"), std::string_view("a\rb"), std::string_view("a\tb"),
        std::string_view("a\0b", 3), std::string_view("a\x7F"), std::string_view("a\xC2\x85"),
        std::string_view("\xC2\x80")}) {
    EXPECT_FALSE(IsSubject(text)) << text;
  }
}

TEST(FieldForms, SubjectIsCountedInCharacters) {
  std::string text;
  for (std::size_t i = 0; i < kSubjectCharactersMax; ++i) text += "\xE2\x82\xAC";
  EXPECT_TRUE(IsSubject(text));
  EXPECT_FALSE(IsSubject(text + "x"));
}

TEST(FieldForms, TokenNeedsNoEscaping) {
  EXPECT_TRUE(IsToken("2336412f37fb687f"));
  EXPECT_TRUE(IsToken(std::string(kTokenCharactersMax, 'a')));
  EXPECT_FALSE(IsToken(std::string(kTokenCharactersMax + 1, 'a')));
  for (const std::string_view text : {"", "a&b", "a=b", "a b", "a%20", "a#", "a\n", "\xC3\xA9"}) {
    EXPECT_FALSE(IsToken(text)) << text;
  }
}

TEST(FieldForms, SubscribeUrlIsPrintable) {
  EXPECT_TRUE(IsSubscribeUrl("https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription"));
  EXPECT_TRUE(IsSubscribeUrl(std::string(kSubscribeUrlCharactersMax, 'a')));
  EXPECT_FALSE(IsSubscribeUrl(std::string(kSubscribeUrlCharactersMax + 1, 'a')));
  for (const std::string_view text : {"", "a b", "a\nb", "\x7F", "\xC3\xA9"}) {
    EXPECT_FALSE(IsSubscribeUrl(text)) << text;
  }
}

TEST(Base64, IsStrict) {
  EXPECT_EQ(DecodeBase64(""), "");
  EXPECT_EQ(DecodeBase64("Zg=="), "f");
  EXPECT_EQ(DecodeBase64("Zm8="), "fo");
  EXPECT_EQ(DecodeBase64("Zm9v"), "foo");
  EXPECT_EQ(DecodeBase64("+/+/"), "\xFB\xFF\xBF");
  for (const std::string_view text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z m9v", "Zm9v\n",
                                      "Zm9v=", "=", "Zm-_", "Zm9v!", "Zg==Zg=="}) {
    EXPECT_FALSE(DecodeBase64(text)) << text;
  }
}

}  // namespace
}  // namespace mailtrail::ingest::sns
