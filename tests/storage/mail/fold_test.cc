#include "storage/mail/fold.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "tests/storage/mail/events.h"

namespace mailtrail::mail {
namespace {

using storage::v1::FORM_EVENT_PUBLISHING;
using storage::v1::FORM_IDENTITY_NOTIFICATION;
using test::FoldAll;
using test::NumberedFingerprint;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kAnn =
    "mail { message_id: 'm' timestamp_ms: 1000 destination: 'ann@example.com' } ";
constexpr std::string_view kBoth =
    "mail { message_id: 'm' timestamp_ms: 1000 destination: 'ann@example.com' "
    "destination: 'bo@example.com' } ";
constexpr std::string_view kAnnBounce =
    "bounce { bounce_type: 'Permanent' recipients { address: 'ann@example.com' status: '5.1.1' } }";

test::OwnedInput Of(std::string_view mail, std::string_view detail, unsigned number,
                    storage::v1::Form form = FORM_EVENT_PUBLISHING) {
  return test::Input(Cat(mail, "event_time_ms: ", 1000 + number, " ", detail), number, form);
}

RecipientStatus Only(const std::vector<test::OwnedInput>& inputs) {
  const MessageStatus status = FoldAll(inputs);
  EXPECT_THAT(status.recipients, SizeIs(1));
  return status.recipients.at(0);
}

std::vector<State> States(const std::vector<test::OwnedInput>& inputs) {
  std::vector<State> states;
  for (const RecipientStatus& recipient : FoldAll(inputs).recipients) {
    states.push_back(recipient.state);
  }
  return states;
}

TEST(Fold, DecidesByRankAndNamesWhatItOverruled) {
  const RecipientStatus ann =
      Only({Of(kAnn, "send {}", 1), Of(kAnn, "delivery { recipients: 'ann@example.com' }", 2),
            Of(kAnn, kAnnBounce, 3),
            Of(kAnn, "delivery_delay { recipients { address: 'ann@example.com' } }", 4)});
  EXPECT_EQ(ann.state, State::kBounced);
  EXPECT_TRUE(ann.settled);
  EXPECT_EQ(ann.decided_by, NumberedFingerprint(3));
  EXPECT_THAT(ann.overruled,
              ElementsAre(NumberedFingerprint(2), NumberedFingerprint(4), NumberedFingerprint(1)));
  EXPECT_EQ(ann.delivered_time, UnixMillis{1002});
  EXPECT_EQ(ann.attribution, Attribution::kExact);
}

TEST(Fold, SettlesWithTheDelivery) {
  EXPECT_FALSE(Only({Of(kAnn, "send {}", 1)}).settled);
  EXPECT_FALSE(
      Only({Of(kAnn, "delivery_delay { recipients { address: 'ann@example.com' } }", 1)}).settled);
  EXPECT_TRUE(Only({Of(kAnn, "delivery { recipients: 'ann@example.com' }", 1)}).settled);
}

TEST(Fold, KnowsNothingWithoutASend) {
  const RecipientStatus ann = Only({Of(kAnn, "open {}", 1)});
  EXPECT_EQ(ann.state, State::kUnknown);
  EXPECT_FALSE(ann.settled);
  EXPECT_EQ(ann.decided_by, std::nullopt);
  EXPECT_THAT(ann.overruled, IsEmpty());
}

TEST(Fold, PrefersEventPublishingThenTheLaterThenTheGreaterId) {
  EXPECT_EQ(Only({Of(kAnn, kAnnBounce, 1), Of(kAnn, kAnnBounce, 9, FORM_IDENTITY_NOTIFICATION)})
                .decided_by,
            NumberedFingerprint(1));
  EXPECT_EQ(Only({Of(kAnn, kAnnBounce, 1), Of(kAnn, kAnnBounce, 9)}).decided_by,
            NumberedFingerprint(9));
  EXPECT_EQ(Only({test::Input(Cat(kAnn, kAnnBounce), 1), test::Input(Cat(kAnn, kAnnBounce), 2)})
                .decided_by,
            NumberedFingerprint(2));
}

TEST(Fold, CountsTheTwoFormsOfOneBounceOnceAndNamesTheOther) {
  const RecipientStatus ann =
      Only({Of(kAnn, kAnnBounce, 1), Of(kAnn, kAnnBounce, 2, FORM_IDENTITY_NOTIFICATION)});
  EXPECT_EQ(ann.decided_by, NumberedFingerprint(1));
  EXPECT_THAT(ann.overruled, ElementsAre(NumberedFingerprint(2)));
}

TEST(Fold, TakesABounceOfAForeignAddressForTheOnlyRecipients) {
  constexpr std::string_view kHidden =
      "bounce { recipients { address: 'hidden@example.org' status: '5.1.1' } }";
  const RecipientStatus ann =
      Only({Of(kAnn, "delivery { recipients: 'ann@example.com' }", 1), Of(kAnn, kHidden, 2)});
  EXPECT_EQ(ann.address, "ann@example.com");
  EXPECT_EQ(ann.state, State::kBounced);
  EXPECT_EQ(ann.attribution, Attribution::kExact);

  EXPECT_THAT(States({Of(kBoth, "send {}", 1), Of(kBoth, kHidden, 2)}),
              ElementsAre(State::kAccepted, State::kAccepted));
}

TEST(Fold, TakesANamedAddressForARecipientWhereSesGivesNoDestination) {
  EXPECT_EQ(Only({test::Input(Cat("mail { message_id: 'm' } ", kAnnBounce), 1)}).address,
            "ann@example.com");
}

TEST(Fold, KeepsRecipientsApartAndSortsThemByNormalForm) {
  const std::vector<test::OwnedInput> inputs = {
      Of("mail { message_id: 'm' destination: 'Zoe@example.com' destination: 'ann@EXAMPLE.com' } ",
         "send {}", 1),
      Of("mail { message_id: 'm' destination: 'ann@example.com' destination: 'zoe@example.com' } ",
         kAnnBounce, 2)};
  const MessageStatus status = FoldAll(inputs);
  ASSERT_THAT(status.recipients, SizeIs(2));
  EXPECT_EQ(status.recipients[0].address, "ann@EXAMPLE.com");
  EXPECT_EQ(status.recipients[0].state, State::kBounced);
  EXPECT_EQ(status.recipients[1].address, "Zoe@example.com");
  EXPECT_EQ(status.recipients[1].state, State::kAccepted);
}

TEST(Fold, AppliesRejectAndRenderingFailureToTheWholeMessage) {
  EXPECT_THAT(States({Of(kBoth, "send {}", 1), Of(kBoth, "reject {}", 2)}),
              ElementsAre(State::kRejected, State::kRejected));
  EXPECT_THAT(States({Of(kBoth, "rendering_failure {}", 1), Of(kBoth, "reject {}", 2)}),
              ElementsAre(State::kRenderingFailed, State::kRenderingFailed));
}

TEST(Fold, MarksAComplaintThatNamesSeveralAsAmbiguous) {
  constexpr std::string_view kSeveral =
      "complaint { recipients: 'ann@example.com' recipients: 'bo@example.com' }";
  for (const RecipientStatus& recipient : FoldAll({Of(kBoth, kSeveral, 1)}).recipients) {
    EXPECT_EQ(recipient.state, State::kComplained);
    EXPECT_EQ(recipient.attribution, Attribution::kAmbiguous);
  }
  // A second complaint about Ann alone makes her sure, whichever decides.
  for (const unsigned number : {1U, 3U}) {
    const MessageStatus status = FoldAll(
        {Of(kBoth, kSeveral, 2), Of(kBoth, "complaint { recipients: 'ann@example.com' }", number)});
    EXPECT_EQ(status.recipients.at(0).attribution, Attribution::kExact);
    EXPECT_EQ(status.recipients.at(1).attribution, Attribution::kAmbiguous);
  }
}

TEST(Fold, LeavesNotSpamAndAutoRepliesOut) {
  const RecipientStatus ann = Only(
      {Of(kAnn, "delivery { recipients: 'ann@example.com' }", 1),
       Of(kAnn, "complaint { complaint_feedback_type: 'not-spam' recipients: 'ann@example.com' }",
          2),
       Of(kAnn,
          "bounce { bounce_type: 'Transient' bounce_sub_type: 'General' recipients { address: "
          "'ann@example.com' } }",
          3)});
  EXPECT_EQ(ann.state, State::kDelivered);
  EXPECT_THAT(ann.overruled, IsEmpty());
}

TEST(Fold, CountsEngagementWithAndWithoutBots) {
  const Engagement engagement =
      FoldAll({Of(kAnn, "open { is_bot_event: 'Likely' }", 1),
               Of(kAnn, "open { is_bot_event: 'Unlikely' }", 2), Of(kAnn, "open {}", 3),
               Of(kAnn, "click { is_bot_event: 'Likely' }", 5), Of(kAnn, "click {}", 4),
               Of(kAnn, "subscription {}", 6)})
          .engagement;
  EXPECT_EQ(engagement.opens, 3);
  EXPECT_EQ(engagement.opens_without_bots, 2);
  EXPECT_EQ(engagement.clicks, 2);
  EXPECT_EQ(engagement.clicks_without_bots, 1);
  EXPECT_EQ(engagement.first_open_time, UnixMillis{1001});
  EXPECT_EQ(engagement.first_click_time, UnixMillis{1004});
  EXPECT_EQ(engagement.attribution, Attribution::kExact);
}

TEST(Fold, NeverMultipliesEngagementByRecipients) {
  const Engagement engagement = FoldAll({Of(kBoth, "open {}", 1)}).engagement;
  EXPECT_EQ(engagement.opens, 1);
  EXPECT_EQ(engagement.attribution, Attribution::kAmbiguous);
}

TEST(Fold, UnitesWhatTheEventsKnowOfTheMessage) {
  const test::OwnedInput identity = test::Input(
      "mail { message_id: 'm' timestamp_ms: 39000 source: 'id@example.org' header_message_id: "
      "'<h>' "
      "common_headers { subject: 'Old' } destination: 'ann@example.com' } "
      "event_time_ms: 1 bounce { recipients { address: 'ann@example.com' } }",
      1, FORM_IDENTITY_NOTIFICATION);
  const test::OwnedInput send = test::Input(
      "mail { message_id: 'm' timestamp_ms: 39259 source: 'ep@example.org' sending_account_id: '1' "
      "destination: 'ann@example.com' tags { name: 'ses:tenant-name' values: 't1' } "
      "tags { name: 'campaign' values: 'b' values: 'a' } } event_time_ms: 2 send {}",
      2);
  const test::OwnedInput delivery = test::Input(
      "mail { message_id: 'm' timestamp_ms: 39259 source: 'ep@example.org' "
      "common_headers { subject: 'Hi' } destination: 'ann@example.com' "
      "tags { name: 'ses:configuration-set' values: 'cs1' } tags { name: 'campaign' values: 'c' } "
      "} "
      "event_time_ms: 3 delivery { recipients: 'ann@example.com' }",
      3);
  const MessageStatus status = FoldAll({identity, delivery, send});
  EXPECT_EQ(status.message_id, "m");
  EXPECT_EQ(status.sent_time, UnixMillis{39259});
  EXPECT_EQ(status.source, "ep@example.org");
  EXPECT_EQ(status.subject, "Hi");
  EXPECT_EQ(status.header_message_id, "<h>");
  EXPECT_EQ(status.sending_account_id, "1");
  EXPECT_EQ(status.configuration_set, "cs1");
  EXPECT_EQ(status.tenant, "t1");
  ASSERT_THAT(status.tags, SizeIs(3));
  EXPECT_EQ(status.tags[0].name(), "campaign");
  EXPECT_THAT(status.tags[0].values(), ElementsAre("a", "b", "c"));
  EXPECT_EQ(status.tags[1].name(), "ses:configuration-set");
  EXPECT_EQ(status.tags[2].name(), "ses:tenant-name");
}

TEST(TrailLess, OrdersByTimeThenRankThenId) {
  const auto less = [](const test::OwnedInput& a, const test::OwnedInput& b) {
    return TrailLess({&a.event, a.form, a.fingerprint}, {&b.event, b.form, b.fingerprint});
  };
  const auto at = [](int time, std::string_view detail, unsigned number) {
    return test::Input(Cat("event_time_ms: ", time, " ", detail), number);
  };
  EXPECT_TRUE(less(at(1, "bounce {}", 9), at(2, "send {}", 1)));
  EXPECT_TRUE(less(at(1, "send {}", 9), at(1, "delivery {}", 1)));
  EXPECT_TRUE(less(at(1, "open {}", 9), at(1, "send {}", 1)));
  EXPECT_TRUE(less(at(1, "send {}", 1), at(1, "send {}", 2)));
  EXPECT_FALSE(less(at(1, "send {}", 1), at(1, "send {}", 1)));
}

}  // namespace
}  // namespace mailtrail::mail
