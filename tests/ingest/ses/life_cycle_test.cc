// From SES's texts to what became of the mail: reported histories that break naive readings.

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/mail/event_facts.h"
#include "storage/mail/fold.h"
#include "tests/ingest/ses/reading.h"
#include "tests/support/event_builder.h"

namespace mailtrail::ingest::ses {
namespace {

using mail::Involvement;
using mail::State;
using nlohmann::json;
using test::EventBuilder;
using ::testing::ElementsAre;

mail::MessageStatus FoldOf(const std::vector<EventBuilder>& events) {
  std::vector<Decoded> decoded;
  for (const EventBuilder& event : events) {
    decoded.push_back(test::DecodedOf(event.Text()));
  }
  std::vector<mail::FoldInput> inputs;
  for (const Decoded& one : decoded) {
    inputs.push_back({&one.event, one.form, test::FingerprintOf(one)});
  }
  return mail::Fold(inputs);
}

State StateOf(const std::vector<EventBuilder>& events) {
  const std::vector<mail::RecipientStatus> recipients = FoldOf(events).recipients;
  EXPECT_EQ(recipients.size(), 1U);
  return recipients.empty() ? State::kUnknown : recipients.front().state;
}

TEST(LifeCycle, AForwardedMailsBounceFallsOnTheOnlyRecipientOrOnNobody) {
  const EventBuilder hidden = EventBuilder("Bounce").About({"hidden@example.org"});
  EXPECT_EQ(StateOf({EventBuilder("Delivery"), hidden}), State::kBounced);
  EXPECT_THAT(mail::InvolvedIn(test::DecodedOf(hidden.Text()).event),
              ElementsAre(mail::InvolvedAddress{"ann@example.com", Involvement::kAddressed},
                          mail::InvolvedAddress{"hidden@example.org", Involvement::kAffected}));

  const std::vector<std::string> both = {"ann@example.com", "bo@example.com"};
  for (const mail::RecipientStatus& recipient :
       FoldOf({EventBuilder("Delivery").To(both), EventBuilder(hidden).To(both)}).recipients) {
    EXPECT_EQ(recipient.state, State::kDelivered) << recipient.address;
  }
}

TEST(LifeCycle, NotSpamIsNoComplaint) {
  const auto state = [](const json& feedback) {
    return StateOf({EventBuilder("Delivery"),
                    EventBuilder("Complaint").Detail("complaintFeedbackType", feedback)});
  };
  EXPECT_EQ(state("not-spam"), State::kDelivered);
  EXPECT_EQ(state("abuse"), State::kComplained);
  EXPECT_EQ(state("opt-out-x"), State::kComplained);
  EXPECT_EQ(state(nullptr), State::kComplained);
  EXPECT_EQ(StateOf({EventBuilder("Delivery"),
                     EventBuilder("Complaint").Without("complaintFeedbackType")}),
            State::kComplained);
}

TEST(LifeCycle, SuppressionHasSixSpellings) {
  for (const std::string sub_type :
       {"Suppressed", "OnAccountSuppressionList", "OnTenantSuppressionList",
        "EmailValidationSuppressed", "UnsubscribedRecipient"}) {
    EXPECT_EQ(
        StateOf({EventBuilder("Send"), EventBuilder("Bounce").Detail("bounceSubType", sub_type)}),
        State::kSuppressed)
        << sub_type;
  }
  EXPECT_EQ(
      StateOf({EventBuilder("Complaint").Detail("complaintSubType", "OnAccountSuppressionList")}),
      State::kSuppressed);
  EXPECT_EQ(StateOf({EventBuilder("Bounce").Detail("bounceSubType", "FooBar2027")}),
            State::kBounced);
}

TEST(LifeCycle, AnOutOfOfficeReplyLeavesTheDelivery) {
  const EventBuilder reply = EventBuilder("Bounce")
                                 .Detail("bounceType", "Transient")
                                 .Without("action")
                                 .Without("status")
                                 .Without("diagnosticCode")
                                 .Without("reportingMTA");
  EXPECT_EQ(StateOf({EventBuilder("Delivery"), reply}), State::kDelivered);
}

TEST(LifeCycle, OrderAndTheOlderFormChangeNothing) {
  std::vector<EventBuilder> events = {EventBuilder("Send"),
                                      EventBuilder("DeliveryDelay").At(test::kSentMs + 1'000),
                                      EventBuilder("Bounce").At(test::kSentMs + 2'000),
                                      EventBuilder("Bounce").Identity().At(test::kSentMs + 2'000)};
  for (int round = 0; round < 4; ++round) {
    std::rotate(events.begin(), events.begin() + 1, events.end());
    const mail::MessageStatus status = FoldOf(events);
    ASSERT_EQ(status.recipients.size(), 1U);
    EXPECT_EQ(status.recipients[0].state, State::kBounced);
    EXPECT_EQ(status.recipients[0].overruled.size(), 3U);
    EXPECT_EQ(status.recipients[0].decided_by,
              test::FingerprintOf(
                  test::DecodedOf(EventBuilder("Bounce").At(test::kSentMs + 2'000).Text())));
    EXPECT_EQ(status.sent_time, UnixMillis{test::kSentMs});
    EXPECT_EQ(status.configuration_set, "cs1");
  }
}

TEST(LifeCycle, AnOpenBeforeTheDeliveryIsEngagementBesideIt) {
  const mail::MessageStatus status = FoldOf({EventBuilder("Open").At(test::kSentMs + 10),
                                             EventBuilder("Delivery").At(test::kSentMs + 20)});
  EXPECT_EQ(status.recipients.at(0).state, State::kDelivered);
  EXPECT_EQ(status.engagement.opens, 1);
}

}  // namespace
}  // namespace mailtrail::ingest::ses
