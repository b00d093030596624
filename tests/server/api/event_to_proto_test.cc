#include "server/api/event_to_proto.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "server/api/event_api.h"
#include "tests/server/api/filled_message.h"
#include "tests/server/api/reasons.h"
#include "tests/server/api/stored_samples.h"
#include "tests/support/api_world.h"
#include "tests/support/golden.h"

namespace mailtrail::server::api {
namespace {

using test::ApiWorld;
using test::Failed;

// Events as the API gives them, through a store.
class EventToProtoTest : public ::testing::Test {
 protected:
  v1::Event Shown(const storage::v1::Event& event, v1::EventView view,
                  mail::Form form = storage::v1::FORM_EVENT_PUBLISHING) {
    const std::uint64_t sequence = world_.AddEvent(event, R"({"eventType":"x"})", form);
    v1::ListEventsRequest request;
    request.set_page_size(1);
    request.set_view(view);
    v1::ListEventsResponse response;
    EXPECT_OK(EventApi(world_.shared()).ListEvents(request, response));
    EXPECT_EQ(response.events_size(), 1) << sequence;
    return response.events_size() == 1 ? response.events(0) : v1::Event();
  }

  ApiWorld world_;
};

TEST_F(EventToProtoTest, ShowsEachTypeInFullAsReviewed) {
  for (const test::StoredSample& sample : test::StoredSamples()) {
    v1::Event event = Shown(sample.event, v1::EVENT_VIEW_FULL);
    test::ExpectGolden("api/events/" + sample.name + ".json", test::ToJson(event));
  }
}

TEST_F(EventToProtoTest, BasicHasNothingThatStrangersWrote) {
  for (const test::StoredSample& sample : test::StoredSamples()) {
    const std::string json = test::ToJson(Shown(sample.event, v1::EVENT_VIEW_BASIC));
    EXPECT_EQ(json.find("STRANGER"), std::string::npos) << sample.name << "\n" << json;
    EXPECT_EQ(json.find("commonHeaders"), std::string::npos) << sample.name;
    EXPECT_EQ(Shown(sample.event, v1::EVENT_VIEW_UNSPECIFIED).raw(), "");
  }
}

TEST_F(EventToProtoTest, FullHasWhatBasicHas) {
  for (const test::StoredSample& sample : test::StoredSamples()) {
    v1::Event merged = Shown(sample.event, v1::EVENT_VIEW_FULL);
    const v1::Event basic = Shown(sample.event, v1::EVENT_VIEW_BASIC);
    EXPECT_EQ(merged.detail_case(), basic.detail_case()) << sample.name;
    EXPECT_EQ(merged.tags_size(), basic.tags_size()) << sample.name;
    EXPECT_EQ(merged.mail().subject(), basic.mail().subject()) << sample.name;
  }
}

TEST_F(EventToProtoTest, RawHasTheJsonAndTheHeadersInIt) {
  const v1::Event event = Shown(test::StoredSamples().front().event, v1::EVENT_VIEW_RAW);
  EXPECT_EQ(event.raw(), R"({"eventType":"x"})");
  ASSERT_EQ(event.mail().headers_size(), 1);
  EXPECT_EQ(event.mail().headers(0).name(), "X-Json-Bytes");
  EXPECT_EQ(event.mail().headers(0).value(), "17");
  EXPECT_FALSE(
      Shown(test::StoredSamples().front().event, v1::EVENT_VIEW_FULL).mail().headers_size());
}

TEST_F(EventToProtoTest, EngagementAndComplaintsOfSeveralAreAmbiguous) {
  for (test::StoredSample sample : test::StoredSamples()) {
    sample.event.mutable_mail()->add_destination("ben@example.com");
    if (sample.event.has_complaint()) {
      sample.event.mutable_complaint()->add_recipients("ben@example.com");
    }
    const v1::Event event = Shown(sample.event, v1::EVENT_VIEW_BASIC);
    const bool of_one =
        event.has_open() || event.has_click() || event.has_subscription() || event.has_complaint();
    EXPECT_EQ(event.attribution(), of_one ? v1::ATTRIBUTION_AMBIGUOUS : v1::ATTRIBUTION_EXACT)
        << sample.name;
  }
}

TEST_F(EventToProtoTest, SaysInWhichFormItCame) {
  EXPECT_EQ(Shown(test::StoredSamples().front().event, v1::EVENT_VIEW_BASIC,
                  storage::v1::FORM_IDENTITY_NOTIFICATION)
                .form(),
            v1::FORM_IDENTITY_NOTIFICATION);
}

TEST(EventView, OfAnUnknownNumberIsRefused) {
  EXPECT_THAT(ViewOf(static_cast<v1::EventView>(9)), Failed(v1::ERROR_REASON_FIELD_INVALID));
}

TEST(AddressOf, DropsDisplayNamesOnly) {
  EXPECT_EQ(AddressOf("Ann <Ann@Example.com>"), "Ann@Example.com");
  EXPECT_EQ(AddressOf(" ann@example.com "), "ann@example.com");
  EXPECT_EQ(AddressOf("\"<x>\" <ann@example.com>"), "ann@example.com");
  EXPECT_EQ(AddressOf("ann <broken"), "ann <broken");
  EXPECT_EQ(AddressOf(""), "");
}

}  // namespace
}  // namespace mailtrail::server::api
