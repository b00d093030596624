// Where watches start, and how they end by errors.

#include "server/api/watch_start.h"

#include <atomic>
#include <string>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/api/limits.h"
#include "server/api/time_proto.h"
#include "tests/server/api/reasons.h"
#include "tests/server/api/watching.h"
#include "tests/support/api_world.h"

namespace mailtrail::server::api {
namespace {

using test::ApiWorld;
using test::Failed;
using test::MessageIdsIn;
using test::MetadataOf;
using test::RequestFrom;
using test::Watching;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Request = v1::WatchEventsRequest;

absl::Status OpenError(ApiWorld& world, const Request& request) {
  return Watch::Open(world.shared(), request, [] {}).status();
}

// The log of a world, with a floor that a test raises.
class FloorLog final : public log::Log {
 public:
  explicit FloorLog(const log::Log& inner) : inner_(inner) {}
  absl::StatusOr<std::vector<log::Entry>> Read(const log::ReadOptions& options) const override {
    return inner_.Read(options);
  }
  log::Sequence head(log::Partition partition) const override { return inner_.head(partition); }
  log::Sequence floor(log::Partition /*partition*/) const override { return {floor_.load()}; }
  std::vector<log::Era> eras() const override { return inner_.eras(); }
  void Raise(std::uint64_t floor) { floor_ = floor; }

 private:
  const log::Log& inner_;
  std::atomic<std::uint64_t> floor_ = 1;
};

TEST(WatchStart, AtATimeShowsWhatWasReceivedFromThenOn) {
  ApiWorld world;
  world.AddMany(4, {});  // Received 1, 2, 3 and 4 ms after the world's start.
  Request request;
  *request.mutable_start_time() = ToTimestamp({test::kWorldStart.value + 3});
  Watching watching(world, request);
  EXPECT_EQ(watching.Send().cursor(), world.CursorAt(3));
  EXPECT_THAT(MessageIdsIn(watching.Send()), ElementsAre("m3", "m4"));
}

TEST(WatchStart, BeforeTheFirstEventShowsAll) {
  ApiWorld world;
  world.AddMany(2, {});
  Request request;
  *request.mutable_start_time() = ToTimestamp({0});
  Watching watching(world, request);
  (void)watching.Send();
  EXPECT_THAT(MessageIdsIn(watching.Send()), ElementsAre("m1", "m2"));
}

TEST(WatchStart, AtAFutureTimeWaitsForIt) {
  ApiWorld world;
  world.AddMany(1, {});
  Request request;
  *request.mutable_start_time() = ToTimestamp({test::kWorldStart.value + 3});
  Watching watching(world, request);
  (void)watching.Send();
  world.Add({.message_id = "early"});  // At 2.
  EXPECT_EQ(watching.Turn(), WatchTurn::kIdle);
  world.Add({.message_id = "in time"});  // At 3.
  EXPECT_THAT(MessageIdsIn(watching.Send()), ElementsAre("in time"));
}

TEST(WatchStart, OldestIsTheFloor) {
  ApiWorld world;
  world.AddMany(4, {});
  world.Restart(/*floor=*/4);
  Watching watching(world, RequestFrom(Request::POSITION_OLDEST));
  EXPECT_EQ(watching.Send().cursor(), world.CursorAt(3));
  EXPECT_THAT(MessageIdsIn(watching.Send()), ElementsAre("m3", "m4"));
  Request at_time;
  *at_time.mutable_start_time() = ToTimestamp({0});
  Watching from_time(world, at_time);
  EXPECT_EQ(from_time.Send().cursor(), world.CursorAt(3));
}

TEST(WatchStart, RefusesPlacesThatAreNone) {
  ApiWorld world;
  EXPECT_THAT(OpenError(world, RequestFrom("nonsense")), Failed(v1::ERROR_REASON_CURSOR_MALFORMED));
  EXPECT_THAT(OpenError(world, RequestFrom("")), Failed(v1::ERROR_REASON_CURSOR_MALFORMED));
  EXPECT_THAT(OpenError(world, RequestFrom(static_cast<Request::Position>(9))),
              Failed(v1::ERROR_REASON_FIELD_INVALID));
  Request request;
  request.mutable_start_time()->set_nanos(-1);
  EXPECT_THAT(OpenError(world, request), Failed(v1::ERROR_REASON_FIELD_INVALID));
  request.Clear();
  request.mutable_progress_interval()->set_seconds(-1);
  EXPECT_THAT(OpenError(world, request), Failed(v1::ERROR_REASON_FIELD_INVALID));
  request.Clear();
  request.set_view(static_cast<v1::EventView>(9));
  EXPECT_THAT(OpenError(world, request), Failed(v1::ERROR_REASON_FIELD_INVALID));
  request.Clear();
  request.mutable_filter()->mutable_mail()->add_header_message_ids("abc@example.org");
  EXPECT_THAT(OpenError(world, request), Failed(v1::ERROR_REASON_FILTER_NOT_WATCHABLE));
  EXPECT_EQ(world.hub().size(), 0U);
}

TEST(WatchEnd, WhenTheFloorPassesAReaderSaysWhereHistoryBegins) {
  ApiWorld world;
  world.AddMany(600, {});
  const Backend& real = world.shared().backend();
  FloorLog log(real.log);
  Shared shared({.events = real.events,
                 .messages = real.messages,
                 .log = log,
                 .preparer = real.preparer,
                 .hub = real.hub,
                 .sources = real.sources,
                 .clock = real.clock,
                 .headers_of = real.headers_of,
                 .store_id = real.store_id,
                 .page_token_key = real.page_token_key,
                 .indexed_headers = real.indexed_headers});
  Watching watching(shared, RequestFrom(Request::POSITION_OLDEST));
  (void)watching.Send();
  const std::string last = watching.Send().cursor();
  log.Raise(600);
  const absl::Status error = watching.Error();
  EXPECT_THAT(error, Failed(v1::ERROR_REASON_CURSOR_TOO_OLD));
  EXPECT_EQ(MetadataOf(error, "oldest_cursor"), world.CursorAt(599));
  EXPECT_EQ(MetadataOf(error, "cursor"), last);
}

TEST(WatchEnd, WhileTheStoreReopensSaysWhereToGoOn) {
  ApiWorld world;
  world.AddMany(1, {});
  Watching watching(world, RequestFrom(Request::POSITION_OLDEST));
  const std::string start = watching.Send().cursor();
  world.store().FailReopen(1, absl::UnavailableError("no disk"));
  EXPECT_FALSE(world.store().Reopen().ok());
  const absl::Status error = watching.Error();
  EXPECT_THAT(error, Failed(v1::ERROR_REASON_STORE_UNAVAILABLE));
  EXPECT_EQ(MetadataOf(error, "cursor"), start);
  ASSERT_OK(world.store().Reopen());
}

TEST(WatchEnd, FromOutsideCarriesTheLastCursor) {
  ApiWorld world;
  world.AddMany(1, {});
  Watching watching(world, RequestFrom(Request::POSITION_OLDEST));
  const auto drained = [&] {
    return MetadataOf(watching.watch().EndedBy(MakeError(v1::ERROR_REASON_DRAINING, "stopping")),
                      "cursor");
  };
  EXPECT_EQ(drained(), world.CursorAt(0));
  (void)watching.Send();
  EXPECT_EQ(drained(), world.CursorAt(0));
  (void)watching.Send();
  EXPECT_EQ(drained(), world.CursorAt(2));
}

// For the thread sanitizer: commits wake from another thread while the watch reads and goes.
TEST(WatchThreads, WatchesAgreeWhileEventsAreCommitted) {
  constexpr int kEvents = 200;
  ApiWorld world;
  std::vector<std::thread> watchers;
  for (int i = 0; i < 3; ++i) {
    watchers.emplace_back([&world] {
      Watching watching(world, RequestFrom(Request::POSITION_OLDEST));
      int seen = 0;
      while (seen < kEvents) {
        v1::WatchEventsResponse response;
        const auto turn = watching.watch().Next(response);
        ASSERT_OK(turn);
        for (const v1::Event& event : response.events()) {
          EXPECT_EQ(event.message_id(), "m" + std::to_string(++seen));
        }
      }
    });
  }
  for (int i = 1; i <= kEvents; ++i) world.Add({.message_id = "m" + std::to_string(i)});
  for (std::thread& watcher : watchers) watcher.join();
}

}  // namespace
}  // namespace mailtrail::server::api
