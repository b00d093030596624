// What the headers give beyond `mail` itself: the sender's Message-ID, and whom nothing else names.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "tests/ingest/ses/reading.h"
#include "tests/support/event_builder.h"

namespace mailtrail::ingest::ses {
namespace {

using nlohmann::json;
using test::EventBuilder;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string HeaderIdOf(const EventBuilder& event) {
  return test::DecodedOf(event.Text()).event.mail().header_message_id();
}

std::vector<std::string> NamedIn(const EventBuilder& event) {
  const storage::v1::Event decoded = test::DecodedOf(event.Text()).event;
  return {decoded.named_addresses().begin(), decoded.named_addresses().end()};
}

const std::string& SesId() {
  static const std::string id = test::SesMessageId(test::kSentMs, 1);
  return id;
}

TEST(HeaderMessageId, ComesFromTheHeadersInAnyCase) {
  for (const std::string name : {"Message-ID", "message-id", "MESSAGE-Id"}) {
    EXPECT_EQ(HeaderIdOf(EventBuilder("Send").Header(name, "<App-1@example.org>")),
              "<App-1@example.org>")
        << name;
  }
}

TEST(HeaderMessageId, IsNeverSesOwn) {
  for (const std::string& id : {SesId(), Cat("<", SesId(), "@email.amazonses.com>"),
                                Cat("<", SesId(), "@eu-west-1.amazonses.com>")}) {
    EXPECT_EQ(HeaderIdOf(EventBuilder("Send").Header("Message-ID", id)), "") << id;
    EXPECT_EQ(
        HeaderIdOf(EventBuilder("Bounce").Identity().Mail("commonHeaders", {{"messageId", id}})),
        "")
        << id;
  }
  EXPECT_EQ(HeaderIdOf(EventBuilder("Send")
                           .Header("Message-ID", SesId())
                           .Header("Message-ID", "<app-1@example.org>")),
            "<app-1@example.org>");
}

TEST(HeaderMessageId, ComesFromCommonHeadersInIdentityNotificationsOnly) {
  const json common = {{"messageId", "<app-1@example.org>"}};
  EXPECT_EQ(HeaderIdOf(EventBuilder("Bounce").Identity().Mail("commonHeaders", common)),
            "<app-1@example.org>");
  EXPECT_EQ(HeaderIdOf(EventBuilder("Bounce").Mail("commonHeaders", common)), "");
  EXPECT_EQ(HeaderIdOf(EventBuilder("Bounce")), "");
}

TEST(NamedAddresses, AreThoseThatOnlyHeadersName) {
  EXPECT_THAT(NamedIn(EventBuilder("Bounce")
                          .From("News <news@example.org>")
                          .To({"Ann@example.com"})
                          .About({"hidden@example.com"})
                          .Header("cc", "Bo <BO@example.com>, ann@example.com, hidden@example.com")
                          .Header("Reply-To", "News <news@example.org>, help@example.org")
                          .Header("X-Comment", "nobody@example.com")),
              ElementsAre("bo@example.com", "help@example.org"));
}

TEST(NamedAddresses, ComeFromCommonHeadersToo) {
  EXPECT_THAT(NamedIn(EventBuilder("Bounce").Identity().Mail(
                  "commonHeaders", {{"from", {"f@example.com"}},
                                    {"to", {"T <t@example.com>, U <u@example.com>"}},
                                    {"cc", "c@example.com"},
                                    {"bcc", {"b@example.com"}},
                                    {"sender", {"s@example.com"}},
                                    {"replyTo", {"r@example.com"}},
                                    {"returnPath", "p@example.com"}})),
              ElementsAre("b@example.com", "c@example.com", "f@example.com", "p@example.com",
                          "r@example.com", "s@example.com", "t@example.com", "u@example.com"));
}

TEST(NamedAddresses, LeaveOutWhatNamesNobody) {
  EXPECT_THAT(NamedIn(EventBuilder("Send")
                          .Header("To", "undisclosed-recipients:;")
                          .Header("Bcc", "")
                          .Header("Reply-To", "Nobody")),
              IsEmpty());
}

TEST(Headers, AreGivenAsTheyAreAndNotInTheEvent) {
  const Decoded decoded = test::DecodedOf(EventBuilder("Send")
                                              .Mail("headers", {{{"name", "X-Tag"}, {"value", "1"}},
                                                                {{"name", "X-Tag"}, {"value", "2"}},
                                                                {{"name", "X-Bad"}, {"value", 3}},
                                                                "X-Bad"})
                                              .Text());
  ASSERT_EQ(decoded.headers.size(), 2U);
  EXPECT_EQ(decoded.headers[0].name(), "X-Tag");
  EXPECT_EQ(decoded.headers[1].value(), "2");
  EXPECT_EQ(decoded.event.DebugString().find("X-Tag"), std::string::npos);
}

}  // namespace
}  // namespace mailtrail::ingest::ses
