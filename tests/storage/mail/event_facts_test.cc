#include "storage/mail/event_facts.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "storage/mail/fold.h"
#include "tests/storage/mail/events.h"

namespace mailtrail::mail {
namespace {

using storage::v1::EventType;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

Event WithDetail(std::string_view detail) {
  return test::FromText(
      Cat("mail { timestamp_ms: 1000 message_id: 'a' destination: 'Ann@example.com' "
          "destination: 'bo@example.com' } ",
          detail));
}

// One row a type: a type that has none fails KnowsEveryType.
struct TypeFacts {
  std::string_view detail;
  EventType type;
  RetentionClass retention;
  Part part;
  bool settles_all;
};
const std::vector<TypeFacts>& AllTypes() {
  using enum RetentionClass;
  static const std::vector<TypeFacts> types = {
      {"", storage::v1::EVENT_TYPE_OTHER, kLifeCycle, Part::kLifeCycle, false},
      {"send {}", storage::v1::EVENT_TYPE_SEND, kLifeCycle, Part::kLifeCycle, false},
      {"delivery {}", storage::v1::EVENT_TYPE_DELIVERY, kLifeCycle, Part::kLifeCycle, false},
      {"delivery_delay {}", storage::v1::EVENT_TYPE_DELIVERY_DELAY, kLifeCycle, Part::kLifeCycle,
       false},
      {"bounce {}", storage::v1::EVENT_TYPE_BOUNCE, kFailure, Part::kLifeCycle, false},
      {"complaint {}", storage::v1::EVENT_TYPE_COMPLAINT, kFailure, Part::kLifeCycle, false},
      {"reject {}", storage::v1::EVENT_TYPE_REJECT, kFailure, Part::kLifeCycle, true},
      {"rendering_failure {}", storage::v1::EVENT_TYPE_RENDERING_FAILURE, kFailure,
       Part::kLifeCycle, true},
      {"open {}", storage::v1::EVENT_TYPE_OPEN, kEngagement, Part::kEngagement, true},
      {"click {}", storage::v1::EVENT_TYPE_CLICK, kEngagement, Part::kEngagement, true},
      {"subscription {}", storage::v1::EVENT_TYPE_SUBSCRIPTION, kEngagement, Part::kEngagement,
       true},
  };
  return types;
}

TEST(EventFacts, KnowsEveryType) {
  EXPECT_EQ(AllTypes().size(), static_cast<std::size_t>(storage::v1::EventType_ARRAYSIZE) - 1);
  EXPECT_EQ(AllTypes().size() - 1,
            static_cast<std::size_t>(Event::descriptor()->oneof_decl(0)->field_count()));
  for (const TypeFacts& facts : AllTypes()) {
    const Event event = WithDetail(facts.detail);
    EXPECT_EQ(TypeOf(event), facts.type) << facts.detail;
    EXPECT_EQ(ClassOf(facts.type), facts.retention) << facts.detail;
    EXPECT_EQ(PartOf(facts.type), facts.part) << facts.detail;
    EXPECT_EQ(SettlesAll(event), facts.settles_all) << facts.detail;
  }
}

TEST(EventTimeOf, IsSesOwnOrTheSentTime) {
  EXPECT_EQ(EventTimeOf(WithDetail("event_time_ms: 500")), UnixMillis{500});
  EXPECT_EQ(EventTimeOf(WithDetail("event_time_ms: 0")), UnixMillis{0});
  EXPECT_EQ(EventTimeOf(WithDetail("")), UnixMillis{1000});
}

TEST(ClampedTimeOf, LiesBetweenSendingAndReception) {
  EXPECT_EQ(ClampedTimeOf(WithDetail("event_time_ms: 1500"), {2000}), UnixMillis{1500});
  EXPECT_EQ(ClampedTimeOf(WithDetail("event_time_ms: 500"), {2000}), UnixMillis{1000});
  EXPECT_EQ(ClampedTimeOf(WithDetail("event_time_ms: 3000"), {2000}), UnixMillis{2000});
  EXPECT_EQ(ClampedTimeOf(WithDetail(""), {2000}), UnixMillis{1000});
  // Our clock behind SES's: never after reception.
  EXPECT_EQ(ClampedTimeOf(WithDetail("event_time_ms: 1500"), {700}), UnixMillis{700});
}

TEST(AffectedOf, IsWhomTheEventNames) {
  EXPECT_THAT(AffectedOf(WithDetail("delivery { recipients: 'Ann@example.com' }")),
              ElementsAre("Ann@example.com"));
  EXPECT_THAT(AffectedOf(WithDetail("delivery_delay { recipients { address: 'x@example.com' } }")),
              ElementsAre("x@example.com"));
  EXPECT_THAT(AffectedOf(WithDetail("bounce { recipients { address: 'x@example.com' } "
                                    "recipients { address: 'y@example.com' } }")),
              ElementsAre("x@example.com", "y@example.com"));
  EXPECT_THAT(AffectedOf(WithDetail("complaint { recipients: 'bo@example.com' }")),
              ElementsAre("bo@example.com"));
  EXPECT_THAT(AffectedOf(WithDetail("bounce {}")), IsEmpty());
}

TEST(AffectedOf, IsEverybodyAddressedForAllOtherTypes) {
  for (const std::string_view detail : {"send {}", "reject {}", "rendering_failure {}", "open {}",
                                        "click {}", "subscription {}", ""}) {
    EXPECT_THAT(AffectedOf(WithDetail(detail)), ElementsAre("Ann@example.com", "bo@example.com"))
        << detail;
  }
}

TEST(InvolvedIn, GivesEachAddressOnceWithItsStrongestInvolvement) {
  const Event event = WithDetail(
      "bounce { recipients { address: 'ANN@example.com' } recipients { address: 'x@example.com' } "
      "recipients { address: ' ' } } named_addresses: 'bo@example.com' named_addresses: "
      "'boss@example.com'");
  EXPECT_THAT(InvolvedIn(event),
              ElementsAre(InvolvedAddress{"ann@example.com", Involvement::kAffected},
                          InvolvedAddress{"bo@example.com", Involvement::kAddressed},
                          InvolvedAddress{"boss@example.com", Involvement::kNamed},
                          InvolvedAddress{"x@example.com", Involvement::kAffected}));
}

TEST(TagValue, IsTheFirstOfThatName) {
  const Event event =
      test::FromText("mail { tags { name: 'a' } tags { name: 'b' values: '1' values: '2' } }");
  EXPECT_EQ(TagValue(event, "b"), "1");
  EXPECT_EQ(TagValue(event, "a"), "");
  EXPECT_EQ(TagValue(event, "c"), "");
}

TEST(SettlesAll, AgreesWithTheFoldOfTheEventAlone) {
  const std::vector<std::string> destinations = {
      "", "destination: 'a@example.com'",
      "destination: 'a@example.com' destination: 'b@example.com'"};
  const std::vector<std::string> names = {"", "a@example.com", "b@example.com", "x@example.com"};
  int settled = 0;
  for (const std::string& destination : destinations) {
    for (const std::string& first : names) {
      for (const std::string& second : names) {
        const std::string plain = Cat("recipients: '", first, "' recipients: '", second, "'");
        const std::string objects =
            Cat("recipients { address: '", first, "' } recipients { address: '", second, "' }");
        for (const std::string& detail :
             {Cat("delivery { ", plain, " }"), Cat("bounce { ", objects, " }"),
              Cat("delivery_delay { ", objects, " }"), Cat("complaint { ", plain, " }"),
              Cat("complaint { complaint_feedback_type: 'not-spam' ", plain, " }"),
              std::string("reject {}"), std::string("send {}")}) {
          const test::OwnedInput input =
              test::Input(Cat("mail { message_id: 'a' ", destination, " } ", detail), 1);
          const std::vector<RecipientStatus> recipients = test::FoldAll({input}).recipients;
          const bool all = std::all_of(recipients.begin(), recipients.end(),
                                       [](const RecipientStatus& r) { return r.settled; });
          if (!recipients.empty()) {
            EXPECT_EQ(SettlesAll(input.event), all) << input.event.ShortDebugString();
          }
          settled += SettlesAll(input.event) ? 1 : 0;
        }
      }
    }
  }
  EXPECT_GT(settled, 0);
}

}  // namespace
}  // namespace mailtrail::mail
