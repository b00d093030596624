// What counts as one event, from the push to the answer.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/app_under_test.h"
#include "tests/support/event_builder.h"
#include "tests/support/status_matchers.h"

namespace mailtrail {
namespace {

using test::EventBuilder;
using test::SesMessageId;
using ::testing::HasSubstr;
using ::testing::SizeIs;

v1::ListEventsResponse List(const client::Client& client, const v1::ListEventsRequest& request) {
  auto response = client.ListEvents(request);
  EXPECT_OK(response.status());
  return response.ok() ? *std::move(response) : v1::ListEventsResponse();
}

TEST(Facts, ASendOfTwoMessagesInOneMinuteIsTwoEvents) {
  test::AppUnderTest app;
  const std::string a = SesMessageId(test::kSentMs, 1);
  const std::string b = SesMessageId(test::kSentMs + 5, 2);
  EXPECT_EQ(app.PostEvent(EventBuilder("Send").MessageId(a).Text()), 200);
  EXPECT_EQ(app.PostEvent(EventBuilder("Send").MessageId(b).SentAt(test::kSentMs + 5).Text()), 200);
  EXPECT_EQ(app.PostEvent(EventBuilder("Send").MessageId(a).Text()), 200) << "published again";
  EXPECT_THAT(List(app.Client(), {}).events(), SizeIs(2));
}

TEST(Facts, TheTwoFormsOfOneBounceAreTwoEventsOfOneState) {
  test::AppUnderTest app;
  const std::string id = SesMessageId(test::kSentMs, 1);
  EXPECT_EQ(app.PostEvent(EventBuilder("Bounce").MessageId(id).Text()), 200);
  EXPECT_EQ(app.PostEvent(EventBuilder("Bounce").MessageId(id).Identity().Text()), 200);
  EXPECT_THAT(List(app.Client(), {}).events(), SizeIs(2));
  v1::GetMessageRequest request;
  request.set_id(id);
  request.set_view(v1::MESSAGE_VIEW_TRAIL);
  const auto message = app.Client().GetMessage(request);
  ASSERT_OK(message.status());
  ASSERT_THAT(message->message().recipients(), SizeIs(1));
  const v1::RecipientStatus& status = message->message().recipients(0);
  EXPECT_EQ(status.state(), v1::RecipientStatus::STATE_BOUNCED);
  EXPECT_THAT(status.overruled(), SizeIs(1));
  EXPECT_THAT(message->message().events(), SizeIs(2));
}

TEST(Facts, AnUnknownTypeIsStoredAndListedAsOtherWithItsJson) {
  test::AppUnderTest app;
  const std::string text = EventBuilder("Levitation").Text();
  ASSERT_EQ(app.PostEvent(text), 200);
  v1::ListEventsRequest request;
  request.mutable_filter()->add_types(v1::EVENT_TYPE_OTHER);
  request.set_view(v1::EVENT_VIEW_RAW);
  const auto events = List(app.Client(), request).events();
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].ses_type(), "Levitation");
  EXPECT_EQ(events[0].raw(), text);
}

TEST(Facts, UnreadableTextOfAGenuinePushGoesToQuarantineWith200) {
  test::AppUnderTest app;
  EXPECT_EQ(app.PostEvent("{\"eventType\":\"Send\"}\n"), 200);
  EXPECT_EQ(app.PostEvent("no JSON at all"), 200);
  EXPECT_THAT(List(app.Client(), {}).events(), SizeIs(0));
  const auto sources = app.Client().ListSources();
  ASSERT_OK(sources.status());
  ASSERT_THAT(sources->sources(), SizeIs(1));
  EXPECT_EQ(sources->sources(0).quarantined_count(), 2);
  EXPECT_THAT(app.Get("/metrics").body, HasSubstr("mailtrail_intake_quarantine_bytes"));
}

TEST(Facts, NoticesAndInboundMailAreAcknowledgedAndNotStored) {
  test::AppUnderTest app;
  EXPECT_EQ(app.PostEvent("Successfully validated SNS topic for Amazon SES event publishing."),
            200);
  EXPECT_EQ(app.PostEvent(R"({"notificationType":"Received","mail":{},"receipt":{}})"), 200);
  EXPECT_THAT(List(app.Client(), {}).events(), SizeIs(0));
  const auto sources = app.Client().ListSources();
  ASSERT_OK(sources.status());
  EXPECT_EQ(sources->sources(0).ignored_count(), 2);
  ASSERT_THAT(sources->sources(0).topics(), SizeIs(1));
  EXPECT_TRUE(sources->sources(0).topics(0).has_validated_time());
}

}  // namespace
}  // namespace mailtrail
