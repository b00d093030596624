#include <fstream>
#include <map>
#include <set>
#include <string>

#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "tests/ingest/ses/fixtures.h"
#include "tests/ingest/ses/reading.h"
#include "tests/support/event_builder.h"

namespace mailtrail::ingest::ses {
namespace {

using test::DecodedOf;
using test::EventBuilder;
using test::FingerprintOf;
using test::SesMessageId;

mail::Fingerprint Of(const EventBuilder& event) { return FingerprintOf(DecodedOf(event.Text())); }

// "NAME EVENT-ID" a line.
std::map<std::string, std::string> GoldenIds() {
  std::map<std::string, std::string> ids;
  std::ifstream file(test::FixtureFolder() / "event_ids.txt");
  for (std::string name, id; file >> name >> id;) {
    ids[name] = id;
  }
  return ids;
}

// The golden ids were computed apart from our code, from canonical.h, RFC 5869 and SipHash-2-4.
TEST(Fingerprint, OfEachFixtureIsFrozen) {
  std::map<std::string, std::string> ids;
  for (const test::Fixture& fixture : test::Fixtures()) {
    if (!fixture.textproto.empty()) {
      const Decoded decoded = DecodedOf(fixture.json);
      ids[fixture.name] =
          mail::FormatEventId(decoded.event.mail().message_id(), FingerprintOf(decoded));
    }
  }
  EXPECT_EQ(ids, GoldenIds());
}

TEST(Fingerprint, IsTheSameForTheSameEventAgain) {
  EXPECT_EQ(Of(EventBuilder("Bounce")), Of(EventBuilder("Bounce")));
}

// `send` is always {}: without the message id, all Sends would be one.
TEST(Fingerprint, TellsTheSendsOfTwoMessagesInOneMinuteApart) {
  EXPECT_NE(Of(EventBuilder("Send").MessageId(SesMessageId(test::kSentMs, 1))),
            Of(EventBuilder("Send").MessageId(SesMessageId(test::kSentMs, 2))));
  EXPECT_NE(Of(EventBuilder("Reject").MessageId(SesMessageId(test::kSentMs, 1))),
            Of(EventBuilder("Reject").MessageId(SesMessageId(test::kSentMs, 2))));
}

TEST(Fingerprint, TellsTheTwoFormsOfOneBounceApart) {
  EXPECT_NE(Of(EventBuilder("Bounce")), Of(EventBuilder("Bounce").Identity()));
}

// One form reports both recipients in one notification, the other one each.
TEST(Fingerprint, TellsTheSharesOfOneBounceApart) {
  const std::vector<std::string> both = {"a@example.com", "b@example.com"};
  std::set<mail::Fingerprint> shares;
  for (const std::vector<std::string>& named : {both, std::vector<std::string>{"a@example.com"},
                                                std::vector<std::string>{"b@example.com"}}) {
    shares.insert(Of(EventBuilder("Bounce").To(both).About(named)));
  }
  EXPECT_EQ(shares.size(), 3U);
}

// Identity notifications cut the sent time, and the destination's order changes between copies.
TEST(Fingerprint, DoesNotDependOnMail) {
  EXPECT_EQ(
      Of(EventBuilder("Delivery").About({"a@example.com"}).To({"a@example.com", "b@example.com"})),
      Of(EventBuilder("Delivery")
             .About({"a@example.com"})
             .To({"b@example.com", "a@example.com"})
             .Tag("campaign", "x")
             .Mail("timestamp", "2026-11-20T10:00:00.000Z")
             .Mail("newField", 1)));
}

TEST(Fingerprint, DoesNotDependOnTheOrderOfTheRecipientsThatAreNamed) {
  EXPECT_EQ(Of(EventBuilder("Bounce").About({"a@example.com", "b@example.com"})),
            Of(EventBuilder("Bounce").About({"b@example.com", "a@example.com"})));
}

}  // namespace
}  // namespace mailtrail::ingest::ses
