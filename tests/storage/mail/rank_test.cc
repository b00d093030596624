#include <optional>
#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "storage/mail/fold.h"
#include "tests/storage/mail/events.h"

namespace mailtrail::mail {
namespace {

std::optional<State> Rank(std::string_view text) { return RankOf(test::FromText(text)); }

TEST(RankOf, FollowsTheTypes) {
  EXPECT_EQ(Rank("send {}"), State::kAccepted);
  EXPECT_EQ(Rank("delivery_delay {}"), State::kDelayed);
  EXPECT_EQ(Rank("delivery {}"), State::kDelivered);
  EXPECT_EQ(Rank("bounce {}"), State::kBounced);
  EXPECT_EQ(Rank("complaint {}"), State::kComplained);
  EXPECT_EQ(Rank("reject {}"), State::kRejected);
  EXPECT_EQ(Rank("rendering_failure {}"), State::kRenderingFailed);
}

TEST(RankOf, IsNoneForEngagementAndUnknownTypes) {
  for (const std::string_view text : {"open {}", "click {}", "subscription {}", ""}) {
    EXPECT_EQ(Rank(text), std::nullopt) << text;
  }
}

TEST(RankOf, TakesSuppressionInAllItsSpellings) {
  for (const std::string_view sub_type :
       {"Suppressed", "OnAccountSuppressionList", "OnTenantSuppressionList",
        "EmailValidationSuppressed", "UnsubscribedRecipient"}) {
    EXPECT_EQ(Rank(Cat("bounce { bounce_type: 'Permanent' bounce_sub_type: '", sub_type, "' }")),
              State::kSuppressed)
        << sub_type;
  }
  EXPECT_EQ(Rank("bounce { bounce_type: 'Permanent' bounce_sub_type: 'FooBar2027' }"),
            State::kBounced);
  for (const std::string_view sub_type : {"OnAccountSuppressionList", "OnTenantSuppressionList"}) {
    EXPECT_EQ(Rank(Cat("complaint { complaint_sub_type: '", sub_type, "' }")), State::kSuppressed)
        << sub_type;
  }
}

TEST(RankOf, KnowsNotSpamFromEveryOtherFeedback) {
  EXPECT_EQ(Rank("complaint { complaint_feedback_type: 'not-spam' }"), std::nullopt);
  for (const std::string_view type : {"abuse", "fraud", "virus", "opt-out-x", ""}) {
    EXPECT_EQ(Rank(Cat("complaint { complaint_feedback_type: '", type, "' }")), State::kComplained)
        << type;
  }
}

TEST(RankOf, KnowsAnAutoReplyByWhatItDoesNotTell) {
  constexpr std::string_view kReply =
      "bounce_type: 'Transient' bounce_sub_type: 'General' recipients { address: 'a@example.com' }";
  EXPECT_EQ(Rank(Cat("bounce { ", kReply, " }")), std::nullopt);
  for (const std::string_view more : {"recipients { address: 'b@example.com' action: 'failed' }",
                                      "recipients { address: 'b@example.com' status: '4.4.7' }",
                                      "recipients { address: 'b@example.com' diagnostic_code: '' }",
                                      "reporting_mta: 'dns; a.example.com'"}) {
    EXPECT_EQ(Rank(Cat("bounce { ", kReply, " ", more, " }")), State::kBounced) << more;
  }
}

TEST(RankOf, TakesATransientBounceThatSesGaveUpOnAsABounce) {
  EXPECT_EQ(Rank("bounce { bounce_type: 'Transient' bounce_sub_type: 'MailboxFull' "
                 "recipients { address: 'a@example.com' } }"),
            State::kBounced);
  EXPECT_EQ(Rank("bounce { bounce_type: 'Permanent' bounce_sub_type: 'General' "
                 "recipients { address: 'a@example.com' } }"),
            State::kBounced);
  EXPECT_EQ(Rank("bounce { bounce_type: 'Transient' bounce_sub_type: 'General' }"),
            State::kBounced);
}

}  // namespace
}  // namespace mailtrail::mail
