#include "server/api/message_api.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/api/limits.h"
#include "tests/server/api/filled_message.h"
#include "tests/server/api/reasons.h"
#include "tests/server/api/stored_samples.h"
#include "tests/support/api_world.h"
#include "tests/support/golden.h"

namespace mailtrail::server::api {
namespace {

using test::ApiWorld;
using test::Failed;

constexpr char kSampleId[] = "0107017cda9fa5c6-be6757c7-8954-4f49-bea4-259cb6e602de-000000";

class MessageApiTest : public ::testing::Test {
 protected:
  v1::GetMessageResponse Get(const v1::GetMessageRequest& request) {
    v1::GetMessageResponse response;
    EXPECT_OK(MessageApi(world_.shared()).GetMessage(request, response));
    return response;
  }
  absl::Status Error(const v1::GetMessageRequest& request) {
    v1::GetMessageResponse response;
    return MessageApi(world_.shared()).GetMessage(request, response);
  }
  static v1::GetMessageRequest Request(const std::string& id, v1::MessageView view,
                                       v1::EventView event_view = v1::EVENT_VIEW_BASIC) {
    v1::GetMessageRequest request;
    request.set_id(id);
    request.set_view(view);
    request.set_event_view(event_view);
    return request;
  }

  ApiWorld world_;
};

TEST_F(MessageApiTest, ShowsAMessageAsReviewed) {
  for (const test::StoredSample& sample : test::StoredSamples()) {
    world_.AddEvent(sample.event, "{}");
  }
  test::ExpectGolden("api/message.json",
                     test::ToJson(Get(Request(kSampleId, v1::MESSAGE_VIEW_STATUS))));
}

TEST_F(MessageApiTest, StatusHasNoEventsAndATrailHasThemAll) {
  world_.Add({.message_id = "m1"});
  world_.Add({.message_id = "m1", .type = storage::v1::EVENT_TYPE_DELIVERY});
  EXPECT_EQ(Get(Request("m1", v1::MESSAGE_VIEW_UNSPECIFIED)).message().events_size(), 0);
  const v1::GetMessageResponse trail = Get(Request("m1", v1::MESSAGE_VIEW_TRAIL));
  EXPECT_EQ(trail.message().events_size(), 2);
  EXPECT_FALSE(trail.message().events_truncated());
  EXPECT_EQ(trail.message().recipients(0).state(), v1::RecipientStatus::STATE_DELIVERED);
  EXPECT_EQ(trail.message().recipients(0).decided_by(), trail.message().events(1).id());
  EXPECT_EQ(trail.cursor(), world_.CursorAt(3));
}

TEST_F(MessageApiTest, TakesTheDeliveredMessageId) {
  world_.Add({.message_id = "m1"});
  EXPECT_EQ(Get(Request("<m1@eu-west-1.amazonses.com>", v1::MESSAGE_VIEW_STATUS)).message().id(),
            "m1");
}

TEST_F(MessageApiTest, ShowsTheTrailInTheViewThatWasAsked) {
  for (const test::StoredSample& sample : test::StoredSamples()) {
    world_.AddEvent(sample.event, "{\"" + sample.name + "\":1}");
  }
  const auto basic = Get(Request(kSampleId, v1::MESSAGE_VIEW_TRAIL)).message();
  EXPECT_EQ(test::ToJson(basic).find("STRANGER"), std::string::npos);
  const auto full = Get(Request(kSampleId, v1::MESSAGE_VIEW_TRAIL, v1::EVENT_VIEW_FULL)).message();
  EXPECT_NE(test::ToJson(full).find("STRANGER"), std::string::npos);
  const auto raw = Get(Request(kSampleId, v1::MESSAGE_VIEW_TRAIL, v1::EVENT_VIEW_RAW)).message();
  ASSERT_EQ(raw.events_size(), static_cast<int>(test::StoredSamples().size()));
  for (const v1::Event& event : raw.events()) {
    EXPECT_NE(event.raw(), "") << event.id();
    EXPECT_EQ(event.mail().headers_size(), 1);
  }
}

TEST_F(MessageApiTest, ATrailEndsAtItsLimitOfBytes) {
  const storage::v1::Event event = test::MakeEvent({.message_id = "m1"}, 1).event;
  for (int i = 0; i < 8; ++i) world_.AddEvent(event, std::string(500'000, 'x'));
  const auto trail = Get(Request("m1", v1::MESSAGE_VIEW_TRAIL, v1::EVENT_VIEW_RAW)).message();
  EXPECT_TRUE(trail.events_truncated());
  EXPECT_EQ(trail.events_size(), 4);
  EXPECT_LT(trail.ByteSizeLong(), 3U << 20);
}

TEST_F(MessageApiTest, CountsWhatItSummarises) {
  const std::vector<std::string> destination = {"ann@example.com", "ben@example.com"};
  world_.Add({.message_id = "m1", .destination = destination});
  world_.Add({.message_id = "m1",
              .type = storage::v1::EVENT_TYPE_BOUNCE,
              .destination = destination,
              .about = {"ben@example.com"}});
  const auto message = Get(Request("m1", v1::MESSAGE_VIEW_STATUS)).message();
  EXPECT_EQ(message.summary().recipient_count(), 2);
  EXPECT_EQ(message.summary().settled_count(), 1);
  EXPECT_EQ(message.summary().failed_count(), 1);
  EXPECT_EQ(message.summary().sentence(), "");
}

TEST_F(MessageApiTest, RefusesBadRequests) {
  EXPECT_THAT(Error({}), Failed(v1::ERROR_REASON_FIELD_REQUIRED));
  EXPECT_THAT(Error(Request("<x@example.org>", v1::MESSAGE_VIEW_STATUS)),
              Failed(v1::ERROR_REASON_FIELD_INVALID));
  EXPECT_THAT(Error(Request("m1", static_cast<v1::MessageView>(9))),
              Failed(v1::ERROR_REASON_FIELD_INVALID));
  EXPECT_THAT(Error(Request("m1", v1::MESSAGE_VIEW_TRAIL, static_cast<v1::EventView>(9))),
              Failed(v1::ERROR_REASON_FIELD_INVALID));
  EXPECT_THAT(Error(Request("never-heard-of", v1::MESSAGE_VIEW_STATUS)),
              Failed(v1::ERROR_REASON_MESSAGE_NOT_FOUND));
}

TEST(MessageApi, OnlyTrailsWithJsonAreNotQuick) {
  v1::GetMessageRequest request;
  request.set_event_view(v1::EVENT_VIEW_RAW);
  EXPECT_TRUE(MessageApi::IsQuick(request));
  request.set_view(v1::MESSAGE_VIEW_TRAIL);
  EXPECT_FALSE(MessageApi::IsQuick(request));
  request.set_event_view(v1::EVENT_VIEW_FULL);
  EXPECT_TRUE(MessageApi::IsQuick(request));
}

}  // namespace
}  // namespace mailtrail::server::api
