#include "server/api/event_api.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/api/limits.h"
#include "server/api/time_proto.h"
#include "storage/mail/fingerprint.h"
#include "tests/server/api/reasons.h"
#include "tests/support/api_world.h"

namespace mailtrail::server::api {
namespace {

using test::ApiWorld;
using test::Facts;
using test::Failed;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::SizeIs;

class EventApiTest : public ::testing::Test {
 protected:
  v1::ListEventsResponse List(const v1::ListEventsRequest& request) {
    v1::ListEventsResponse response;
    EXPECT_OK(api().ListEvents(request, response));
    return response;
  }
  absl::Status ListError(const v1::ListEventsRequest& request) {
    v1::ListEventsResponse response;
    return api().ListEvents(request, response);
  }
  // The pages of a listing from the given request on.
  std::vector<v1::ListEventsResponse> Pages(v1::ListEventsRequest request) {
    std::vector<v1::ListEventsResponse> pages;
    do {
      pages.push_back(List(request));
      request.set_page_token(pages.back().next_page_token());
    } while (!request.page_token().empty() && pages.size() < 100);
    return pages;
  }
  static std::vector<std::string> MessageIds(const std::vector<v1::ListEventsResponse>& pages) {
    std::vector<std::string> ids;
    for (const auto& page : pages) {
      for (const v1::Event& event : page.events()) ids.push_back(event.message_id());
    }
    return ids;
  }
  EventApi api() { return EventApi(world_.shared()); }

  ApiWorld world_;
};

TEST_F(EventApiTest, GetsAnEventByItsId) {
  world_.Add({.message_id = "m1"});
  const v1::Event listed = List({}).events(0);
  v1::GetEventRequest request;
  request.set_id(listed.id());
  v1::GetEventResponse response;
  ASSERT_OK(api().GetEvent(request, response));
  EXPECT_EQ(response.event().SerializeAsString(), listed.SerializeAsString());
  request.set_view(v1::EVENT_VIEW_RAW);
  ASSERT_OK(api().GetEvent(request, response));
  EXPECT_EQ(response.event().raw(), R"({"number":2})");
}

TEST_F(EventApiTest, RefusesWhatIsNoEventId) {
  v1::GetEventRequest request;
  v1::GetEventResponse response;
  EXPECT_THAT(api().GetEvent(request, response), Failed(v1::ERROR_REASON_FIELD_REQUIRED));
  request.set_id("no id");
  EXPECT_THAT(api().GetEvent(request, response), Failed(v1::ERROR_REASON_FIELD_INVALID));
  request.set_id(mail::FormatEventId("m1", {}));
  EXPECT_THAT(api().GetEvent(request, response), Failed(v1::ERROR_REASON_EVENT_NOT_FOUND));
  request.set_view(static_cast<v1::EventView>(9));
  EXPECT_THAT(api().GetEvent(request, response), Failed(v1::ERROR_REASON_FIELD_INVALID));
}

TEST_F(EventApiTest, PagesShowEverythingOnceInBothOrders) {
  world_.AddMany(7, {});
  v1::ListEventsRequest request;
  request.set_page_size(3);
  const auto newest = Pages(request);
  EXPECT_THAT(newest, SizeIs(3));
  EXPECT_THAT(MessageIds(newest), ElementsAre("m7", "m6", "m5", "m4", "m3", "m2", "m1"));
  request.set_order(v1::ListEventsRequest::ORDER_OLDEST_FIRST);
  EXPECT_THAT(MessageIds(Pages(request)), ElementsAre("m1", "m2", "m3", "m4", "m5", "m6", "m7"));
}

TEST_F(EventApiTest, AllPagesShowTheStoreAsOfTheFirst) {
  world_.AddMany(4, {});
  v1::ListEventsRequest request;
  request.set_order(v1::ListEventsRequest::ORDER_OLDEST_FIRST);
  request.set_page_size(2);
  const v1::ListEventsResponse first = List(request);
  world_.Add({.message_id = "late"});
  request.set_page_token(first.next_page_token());
  const v1::ListEventsResponse second = List(request);
  EXPECT_THAT(MessageIds({first, second}), ElementsAre("m1", "m2", "m3", "m4"));
  EXPECT_EQ(second.next_page_token(), "");
  EXPECT_EQ(first.cursor(), second.cursor());
  EXPECT_EQ(first.cursor(), world_.CursorAt(5));  // Behind the index set and four events.
}

TEST_F(EventApiTest, ViewAndPageSizeMayChangeBetweenPages) {
  world_.AddMany(4, {});
  v1::ListEventsRequest request;
  request.set_page_size(1);
  request.set_page_token(List(request).next_page_token());
  request.set_page_size(2);
  request.set_view(v1::EVENT_VIEW_RAW);
  const v1::ListEventsResponse page = List(request);
  EXPECT_THAT(MessageIds({page}), ElementsAre("m3", "m2"));
  EXPECT_NE(page.events(0).raw(), "");
}

TEST_F(EventApiTest, FilterAndOrderMayNot) {
  world_.AddMany(4, {});
  v1::ListEventsRequest request;
  request.set_page_size(1);
  request.set_page_token(List(request).next_page_token());
  v1::ListEventsRequest other = request;
  other.set_order(v1::ListEventsRequest::ORDER_OLDEST_FIRST);
  EXPECT_THAT(ListError(other), Failed(v1::ERROR_REASON_PAGE_TOKEN_INVALID));
  other = request;
  other.mutable_filter()->add_types(v1::EVENT_TYPE_SEND);
  EXPECT_THAT(ListError(other), Failed(v1::ERROR_REASON_PAGE_TOKEN_INVALID));
  other = request;
  other.set_order(v1::ListEventsRequest::ORDER_NEWEST_FIRST);  // What UNSPECIFIED stands for.
  EXPECT_THAT(MessageIds({List(other)}), ElementsAre("m3"));
}

TEST_F(EventApiTest, ATokenOfALostHistoryIsRefused) {
  ApiWorld lived_on;
  lived_on.AddMany(2, {});
  lived_on.Restart();
  lived_on.AddMany(2, {});
  v1::ListEventsRequest request;
  request.set_page_size(1);
  v1::ListEventsResponse page;
  ASSERT_OK(EventApi(lived_on.shared()).ListEvents(request, page));
  request.set_page_token(page.next_page_token());
  world_.AddMany(1, {});  // Put back, and not as far yet.
  EXPECT_THAT(ListError(request), Failed(v1::ERROR_REASON_PAGE_TOKEN_INVALID));
  world_.AddMany(9, {});  // Further, in another era.
  EXPECT_THAT(ListError(request), Failed(v1::ERROR_REASON_PAGE_TOKEN_INVALID));
}

TEST_F(EventApiTest, PageSizeIsFiftyWhenAbsentAndAThousandAtMost) {
  world_.AddMany(1'100, {});
  v1::ListEventsRequest request;
  EXPECT_THAT(List(request).events(), SizeIs(kPageSizeDefault));
  request.set_page_size(5'000);
  EXPECT_THAT(List(request).events(), SizeIs(kPageSizeMax));
  request.set_page_size(-1);
  EXPECT_THAT(ListError(request), Failed(v1::ERROR_REASON_FIELD_INVALID));
}

TEST_F(EventApiTest, APageEndsBeforeTheEventThatWouldTakeItBeyondAMegabyte) {
  storage::v1::Event event = test::MakeEvent({.message_id = "big"}, 1).event;
  const std::string raw(400'000, 'x');
  for (int i = 0; i < 6; ++i) world_.AddEvent(event, raw);
  v1::ListEventsRequest request;
  request.set_view(v1::EVENT_VIEW_RAW);
  const auto pages = Pages(request);
  EXPECT_EQ(pages.size(), 3U);
  for (const auto& page : pages) {
    EXPECT_EQ(page.events_size(), 2);
    EXPECT_LE(page.ByteSizeLong(), kPageBytesMax + 1'000);
  }
}

TEST_F(EventApiTest, TheLargestEventIsAPageOfItsOwn) {
  storage::v1::Event event = test::MakeEvent({.message_id = "big"}, 1).event;
  event.mutable_rendering_failure()->set_error_message(std::string(1 << 20, 'x'));
  world_.AddEvent(event, std::string(1 << 20, 'x'));
  world_.AddEvent(event, std::string(1 << 20, 'x'));
  v1::ListEventsRequest request;
  request.set_view(v1::EVENT_VIEW_RAW);
  const auto pages = Pages(request);
  ASSERT_EQ(pages.size(), 3U);  // The last one is empty: nobody knew that nothing followed.
  for (int i : {0, 1}) {
    EXPECT_EQ(pages[i].events_size(), 1);
    EXPECT_LT(pages[i].ByteSizeLong(), 3U << 20);
  }
}

TEST_F(EventApiTest, AnEmptyPageOfAScanIsNotTheEnd) {
  for (int i = 0; i < 3; ++i) world_.AddMany(1'500, {.tags = {{"kind", "common"}}});
  world_.Add({.message_id = "rare", .type = storage::v1::EVENT_TYPE_OPEN});
  v1::ListEventsRequest request;
  request.set_order(v1::ListEventsRequest::ORDER_OLDEST_FIRST);
  request.mutable_filter()->add_types(v1::EVENT_TYPE_OPEN);  // A type without terms: a scan.
  const auto pages = Pages(request);
  EXPECT_THAT(MessageIds(pages), ElementsAre("rare"));
}

TEST_F(EventApiTest, FindsByFilter) {
  world_.Add({.message_id = "m1", .tags = {{"campaign", "spring"}}});
  world_.Add({.message_id = "m2", .tags = {{"campaign", "autumn"}}});
  world_.Add({.message_id = "m3", .source = 2});
  v1::ListEventsRequest request;
  v1::TagFilter& tag = *request.mutable_filter()->mutable_mail()->add_tags();
  tag.set_name("campaign");
  tag.add_values("spring");
  EXPECT_THAT(MessageIds({List(request)}), ElementsAre("m1"));
  request.Clear();
  request.mutable_filter()->mutable_mail()->add_sources("prod-us");
  const v1::ListEventsResponse of_source = List(request);
  EXPECT_THAT(MessageIds({of_source}), ElementsAre("m3"));
  EXPECT_EQ(of_source.events(0).origin().source(), "prod-us");
  EXPECT_EQ(of_source.events(0).origin().account_id(), "444455556666");
  EXPECT_EQ(of_source.events(0).origin().region(), "us-east-1");
}

TEST_F(EventApiTest, ExplainsOnlyWhenAsked) {
  world_.Add({.tags = {{"campaign", "spring"}}});
  v1::ListEventsRequest request;
  v1::TagFilter& tag = *request.mutable_filter()->mutable_mail()->add_tags();
  tag.set_name("campaign");
  tag.add_values("spring");
  EXPECT_FALSE(List(request).has_explain());
  request.set_explain(true);
  const v1::ListEventsResponse page = List(request);
  EXPECT_EQ(page.explain().leading_term(), "tag");
  EXPECT_EQ(page.explain().entries_read(), 1);
  EXPECT_EQ(page.explain().records_read(), 1);
  EXPECT_FALSE(page.has_coverage());
}

TEST_F(EventApiTest, RefusesUnknownOrdersAndFilters) {
  v1::ListEventsRequest request;
  request.set_order(static_cast<v1::ListEventsRequest::Order>(7));
  EXPECT_THAT(ListError(request), Failed(v1::ERROR_REASON_FIELD_INVALID));
  request.Clear();
  request.mutable_filter()->mutable_mail()->add_sources("nowhere");
  EXPECT_THAT(ListError(request), Failed(v1::ERROR_REASON_SOURCE_UNKNOWN));
}

TEST_F(EventApiTest, EachEventCarriesItsOwnCursor) {
  world_.AddMany(3, {});
  v1::ListEventsRequest request;
  request.set_order(v1::ListEventsRequest::ORDER_OLDEST_FIRST);
  const v1::ListEventsResponse page = List(request);
  std::vector<std::string> cursors;
  for (const v1::Event& event : page.events()) cursors.push_back(event.cursor());
  EXPECT_THAT(cursors, ElementsAre(world_.CursorAt(2), world_.CursorAt(3), world_.CursorAt(4)));
}

}  // namespace
}  // namespace mailtrail::server::api
