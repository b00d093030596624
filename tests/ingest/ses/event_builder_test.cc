// The builder that later tests lean on makes what SES makes.

#include "tests/support/event_builder.h"

#include <string>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "storage/base/key_file.h"
#include "storage/base/time.h"
#include "storage/mail/message_id.h"
#include "tests/ingest/ses/reading.h"

namespace mailtrail::test {
namespace {

TEST(SesMessageId, HasTheUsualFormAndAscendsWithTheSendTime) {
  EXPECT_EQ(SesMessageId(0x017cda9fa5c6, 0),
            "0107017cda9fa5c6-00000000-0000-4000-8000-000000000000-000000");
  const mail::MessageKeys keys(DeriveKeys(std::string(32, 'k')).value());
  const std::string key(keys.KeyOf(SesMessageId(kSentMs, 7)).view());
  EXPECT_EQ(key.substr(0, 2), std::string("\x01\x07", 2));
  EXPECT_LT(SesMessageId(kSentMs, 7), SesMessageId(kSentMs + 1, 0));
  EXPECT_NE(SesMessageId(kSentMs, 7), SesMessageId(kSentMs, 8));
}

TEST(SesTime, IsWhatOurReaderReads) {
  EXPECT_EQ(SesTime(kSentMs), "2026-11-20T10:00:00.123Z");
  EXPECT_EQ(ParseTime(SesTime(kSentMs)), UnixMillis{kSentMs});
}

TEST(EventBuilder, WritesBothForms) {
  const std::string event = EventBuilder("Bounce").Text();
  EXPECT_TRUE(event.ends_with("\n"));
  EXPECT_EQ(nlohmann::json::parse(event)["eventType"], "Bounce");
  const std::string identity = EventBuilder("Bounce").Identity().Text();
  EXPECT_TRUE(identity.ends_with("}"));
  const nlohmann::json notification = nlohmann::json::parse(identity);
  EXPECT_EQ(notification["notificationType"], "Bounce");
  EXPECT_FALSE(notification["mail"].contains("tags"));
  EXPECT_EQ(notification["mail"]["timestamp"], "2026-11-20T10:00:00.000Z");
}

TEST(EventBuilder, MovesTheEventWithItsMessage) {
  const storage::v1::Event event =
      DecodedOf(EventBuilder("Delivery").SentAt(kSentMs + 60'000).Text()).event;
  EXPECT_EQ(event.mail().timestamp_ms(), kSentMs + 60'000);
  EXPECT_EQ(event.event_time_ms(), kSentMs + 61'000);
}

TEST(EventBuilder, AddsTagsHeadersAndRecipients) {
  const nlohmann::json event = EventBuilder("Bounce")
                                   .To({"a@example.com", "b@example.com"})
                                   .About({"b@example.com"})
                                   .Tag("campaign", "spring")
                                   .Header("X-Order-Id", "17")
                                   .Recipient("status", "5.2.2")
                                   .Json();
  EXPECT_EQ(event["mail"]["tags"]["campaign"], nlohmann::json({"spring"}));
  EXPECT_EQ(event["mail"]["headers"].back()["value"], "17");
  ASSERT_EQ(event["bounce"]["bouncedRecipients"].size(), 1U);
  EXPECT_EQ(event["bounce"]["bouncedRecipients"][0]["emailAddress"], "b@example.com");
  EXPECT_EQ(event["bounce"]["bouncedRecipients"][0]["status"], "5.2.2");
}

}  // namespace
}  // namespace mailtrail::test
