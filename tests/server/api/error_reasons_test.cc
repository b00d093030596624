// Each reason of error.proto is raised by somebody.

#include <functional>
#include <map>
#include <set>
#include <string>

#include "gtest/gtest.h"
#include "server/api/error.h"
#include "server/api/event_api.h"
#include "server/api/event_filter.h"
#include "server/api/limits.h"
#include "server/api/message_api.h"
#include "server/api/watch.h"
#include "storage/mail/fingerprint.h"
#include "tests/server/api/reasons.h"
#include "tests/server/api/watching.h"
#include "tests/support/api_world.h"

namespace mailtrail::server::api {
namespace {

using test::ApiWorld;
using test::Failed;
using Producer = std::function<absl::Status(ApiWorld&)>;

absl::Status List(ApiWorld& world, const v1::ListEventsRequest& request) {
  v1::ListEventsResponse response;
  return EventApi(world.shared()).ListEvents(request, response);
}

absl::Status ListBy(ApiWorld& world, const std::function<void(v1::EventFilter&)>& fill) {
  v1::ListEventsRequest request;
  fill(*request.mutable_filter());
  return List(world, request);
}

absl::Status OpenWatch(ApiWorld& world, const v1::WatchEventsRequest& request) {
  return Watch::Open(world.shared(), request, [] {}).status();
}

absl::Status GetEvent(ApiWorld& world, const std::string& id) {
  v1::GetEventRequest request;
  request.set_id(id);
  v1::GetEventResponse response;
  return EventApi(world.shared()).GetEvent(request, response);
}

absl::Status GetMessage(ApiWorld& world, const std::string& id) {
  v1::GetMessageRequest request;
  request.set_id(id);
  v1::GetMessageResponse response;
  return MessageApi(world.shared()).GetMessage(request, response);
}

absl::Status ExpiredToken(ApiWorld& world) {
  world.AddMany(2, {});
  v1::ListEventsRequest request;
  request.set_page_size(1);
  v1::ListEventsResponse page;
  EXPECT_OK(EventApi(world.shared()).ListEvents(request, page));
  request.set_page_token(page.next_page_token());
  world.clock().Advance((kPageTokenLifeSeconds + 1) * kMillisPerSecond);
  return List(world, request);
}

absl::Status TooOldCursor(ApiWorld& world) {
  world.AddMany(5, {});
  const std::string cursor = world.CursorAt(2);
  world.Restart(/*floor=*/5);
  return OpenWatch(world, test::RequestFrom(cursor));
}

absl::Status LostCursor(ApiWorld& world) {
  ApiWorld lived_on;
  lived_on.Restart();
  lived_on.AddMany(2, {});
  return OpenWatch(world, test::RequestFrom(lived_on.CursorAt(3)));
}

absl::Status ClosedStore(ApiWorld& world) {
  world.store().FailReopen(1, absl::UnavailableError("no disk"));
  EXPECT_FALSE(world.store().Reopen().ok());
  return GetMessage(world, "m1");
}

absl::Status DamagedStore(ApiWorld& world) {
  world.AddMany(2, {});
  world.LoseRecord(2);
  return ListBy(world, [](v1::EventFilter& filter) {
    filter.mutable_mail()->add_recipients("ann@example.com");
  });
}

std::map<v1::ErrorReason, Producer> Producers() {
  using World = ApiWorld;
  const auto unknown_field = [](v1::EventFilter& filter) {
    filter.GetReflection()->MutableUnknownFields(&filter)->AddVarint(1000, 1);
  };
  const auto other_header = [](v1::EventFilter& filter) {
    v1::HeaderFilter& header = *filter.mutable_mail()->add_headers();
    header.set_name("X-Other");
    header.add_values("v");
  };
  const auto many = [](v1::EventFilter& filter) {
    for (int i = 0; i < 17; ++i) filter.mutable_mail()->add_senders("ann@example.com");
  };
  const auto source = [](v1::EventFilter& filter) { filter.mutable_mail()->add_sources("x"); };
  return {
      {v1::ERROR_REASON_FIELD_INVALID, [](World& world) { return GetEvent(world, "?"); }},
      {v1::ERROR_REASON_FIELD_REQUIRED, [](World& world) { return GetMessage(world, ""); }},
      {v1::ERROR_REASON_TOO_MANY_VALUES, [=](World& world) { return ListBy(world, many); }},
      {v1::ERROR_REASON_FILTER_FIELD_UNSUPPORTED,
       [=](World& world) { return ListBy(world, unknown_field); }},
      {v1::ERROR_REASON_FILTER_NOT_WATCHABLE,
       [](World& world) {
         v1::WatchEventsRequest request;
         request.mutable_filter()->mutable_mail()->add_header_message_ids("a@example.org");
         return OpenWatch(world, request);
       }},
      {v1::ERROR_REASON_SOURCE_UNKNOWN, [=](World& world) { return ListBy(world, source); }},
      {v1::ERROR_REASON_HEADER_NOT_INDEXED,
       [=](World& world) { return ListBy(world, other_header); }},
      {v1::ERROR_REASON_PAGE_TOKEN_INVALID,
       [](World& world) {
         v1::ListEventsRequest request;
         request.set_page_token("x");
         return List(world, request);
       }},
      {v1::ERROR_REASON_PAGE_TOKEN_EXPIRED, ExpiredToken},
      {v1::ERROR_REASON_CURSOR_MALFORMED,
       [](World& world) { return OpenWatch(world, test::RequestFrom("x")); }},
      {v1::ERROR_REASON_CURSOR_TOO_OLD, TooOldCursor},
      {v1::ERROR_REASON_CURSOR_OF_LOST_HISTORY, LostCursor},
      {v1::ERROR_REASON_EVENT_NOT_FOUND,
       [](World& world) { return GetEvent(world, mail::FormatEventId("m1", {})); }},
      {v1::ERROR_REASON_MESSAGE_NOT_FOUND, [](World& world) { return GetMessage(world, "m1"); }},
      {v1::ERROR_REASON_STORE_UNAVAILABLE, ClosedStore},
      {v1::ERROR_REASON_DATA_DAMAGED, DamagedStore},
      // What no storage of ours should say.
      {v1::ERROR_REASON_INTERNAL,
       [](World& /*world*/) { return FromStorage(absl::AbortedError("?")); }},
  };
}

// Raised by server/grpc, whose tests raise them on the wire.
const std::set<v1::ErrorReason> kOfTheWire = {
    v1::ERROR_REASON_DRAINING, v1::ERROR_REASON_TOO_MANY_CALLS, v1::ERROR_REASON_NOT_IMPLEMENTED};

TEST(ErrorReasons, EachIsRaisedBySomebody) {
  const std::map<v1::ErrorReason, Producer> producers = Producers();
  for (int number = 1; number < v1::ErrorReason_ARRAYSIZE; ++number) {
    const auto reason = static_cast<v1::ErrorReason>(number);
    ASSERT_TRUE(v1::ErrorReason_IsValid(number));
    const auto producer = producers.find(reason);
    EXPECT_NE(producer != producers.end(), kOfTheWire.contains(reason)) << NameOf(reason);
    if (producer == producers.end()) continue;
    ApiWorld world;
    EXPECT_THAT(producer->second(world), Failed(reason));
  }
}

}  // namespace
}  // namespace mailtrail::server::api
