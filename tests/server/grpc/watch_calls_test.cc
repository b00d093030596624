// WatchEvents over a real connection.

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "gtest/gtest.h"
#include "tests/server/grpc/grpc_world.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

using server::wire::Options;
using std::chrono::seconds;
using Request = v1::WatchEventsRequest;

const std::string kWatchMethod = "mailtrail.v1.EventService/WatchEvents";

Request FromOldest() {
  Request request;
  request.set_position(Request::POSITION_OLDEST);
  return request;
}
Request FromCursor(const std::string& cursor) {
  Request request;
  request.set_cursor(cursor);
  return request;
}

TEST(WatchCalls, TwentyClientsSeeTheSame) {
  constexpr int kEvents = 500;
  GrpcWorld world;
  std::vector<std::thread> clients;
  for (int i = 0; i < 20; ++i) {
    clients.emplace_back([&world] {
      WatchCall watch(world.NewChannel(), FromOldest());
      int seen = 0;
      while (seen < kEvents) {
        const auto response = watch.Read();
        ASSERT_TRUE(response);
        for (const v1::Event& event : response->events()) {
          EXPECT_EQ(event.message_id(), "m" + std::to_string(++seen));
        }
      }
    });
  }
  for (int i = 1; i <= kEvents; ++i) world.api().Add({.message_id = "m" + std::to_string(i)});
  for (std::thread& client : clients) client.join();
  EXPECT_TRUE(world.WaitUntilNoStreams(kWatchMethod));
  EXPECT_EQ(world.api().hub().size(), 0U);
}

TEST(WatchCalls, ACancelledWatchIsFreed) {
  GrpcWorld world;
  {
    WatchCall watch(world.channel(), {});
    ASSERT_TRUE(watch.Read());
    EXPECT_EQ(world.api().hub().size(), 1U);
    watch.Cancel();
    EXPECT_EQ(Outcome(watch.Finish()), "CANCELLED");
  }
  EXPECT_TRUE(world.WaitUntilNoStreams(kWatchMethod));
  EXPECT_EQ(world.api().hub().size(), 0U);
}

TEST(WatchCalls, AConnectionThatGoesTakesItsWatchesAlong) {
  GrpcWorld world;
  auto channel = world.NewChannel();
  auto watch = std::make_unique<WatchCall>(channel, Request());
  ASSERT_TRUE(watch->Read());
  watch.reset();
  channel.reset();
  EXPECT_TRUE(world.WaitUntilNoStreams(kWatchMethod));
}

TEST(WatchCalls, RefuseABadRequest) {
  GrpcWorld world;
  WatchCall watch(world.channel(), FromCursor("nonsense"));
  EXPECT_EQ(Outcome(watch.Finish()), "INVALID_ARGUMENT CURSOR_MALFORMED");
}

TEST(WatchCalls, AnExportEndsWithOk) {
  GrpcWorld world;
  world.api().AddMany(1'000, {});
  Request request = FromOldest();
  request.set_stop_at_head(true);
  WatchCall watch(world.channel(), request);
  int seen = 0;
  while (const auto response = watch.Read()) seen += response->events_size();
  EXPECT_EQ(Outcome(watch.Finish()), "OK");
  EXPECT_EQ(seen, 1'000);
}

TEST(WatchCalls, AQuietWatchSaysSomethingEachSecond) {
  GrpcWorld world;
  Request request;
  request.mutable_progress_interval()->set_nanos(1);  // Clamped to a second.
  WatchCall watch(world.channel(), request);
  ASSERT_TRUE(watch.Read());
  const std::int64_t start = SystemClock().SteadyMillis();
  ASSERT_TRUE(watch.Read());
  const std::int64_t waited = SystemClock().SteadyMillis() - start;
  EXPECT_GE(waited, 850);
  EXPECT_LT(waited, 5'000);
}

// gRPC takes what fits into its windows, then nothing more is read for this client.
TEST(WatchCalls, AReaderThatDoesNotReadHoldsUpNobodyAndCostsOneBatch) {
  GrpcWorld world;
  const storage::v1::Event event = MakeEvent({.message_id = "big"}, 1).event;
  for (int i = 0; i < 60; ++i) world.api().AddEvent(event, std::string(400'000, 'x'));
  Request request = FromOldest();
  request.set_view(v1::EVENT_VIEW_RAW);
  WatchCall slow(world.NewChannel(), request);
  ASSERT_TRUE(slow.Read());
  WatchCall quick(world.NewChannel(), request);
  int seen = 0;
  while (seen < 60) {
    const auto response = quick.Read();
    ASSERT_TRUE(response);
    seen += response->events_size();
  }
  seen = 0;
  while (seen < 60) {  // It is all still there for the slow one.
    const auto response = slow.Read();
    ASSERT_TRUE(response);
    seen += response->events_size();
    EXPECT_LE(response->events_size(), 2);
  }
}

TEST(WatchCalls, DrainEndsThemWithTheLastCursor) {
  GrpcWorld world;
  world.api().AddMany(3, {});
  std::vector<std::unique_ptr<WatchCall>> watches;
  for (int i = 0; i < 5; ++i) {
    watches.push_back(std::make_unique<WatchCall>(world.channel(), FromOldest()));
    ASSERT_TRUE(watches.back()->ReadEvents());
  }
  world.server().Drain(seconds(30));
  for (const auto& watch : watches) {
    const ::grpc::Status status = watch->Finish();
    ASSERT_EQ(Outcome(status), "UNAVAILABLE DRAINING");
    EXPECT_EQ(ErrorInfoIn(status)->metadata().at("cursor"), world.api().CursorAt(4));
  }
  EXPECT_TRUE(world.WaitUntilNoStreams(kWatchMethod));
  WatchCall late(world.channel(), FromOldest());
  EXPECT_EQ(Outcome(late.Finish()), "UNAVAILABLE DRAINING");
}

TEST(WatchCalls, ResumeWithoutGapOrRepeatAfterADrain) {
  std::string cursor;
  ApiWorld history(&SystemClock());
  history.AddMany(10, {});
  FakeMetrics metrics;
  FakeLogger logger;
  const auto start = [&] {
    auto server = server::wire::Server::Start(
        {}, {.shared = history.shared(), .metrics = metrics, .logger = logger});
    EXPECT_OK(server);
    return *std::move(server);
  };
  const auto channel_to = [](const server::wire::Server& server) {
    return ::grpc::CreateChannel("127.0.0.1:" + std::to_string(server.port()),
                                 ::grpc::InsecureChannelCredentials());
  };
  {
    const auto server = start();
    WatchCall watch(channel_to(*server), FromOldest());
    const auto response = watch.ReadEvents();
    ASSERT_TRUE(response);
    server->Drain(seconds(30));
    cursor = ErrorInfoIn(watch.Finish())->metadata().at("cursor");
    server->Shutdown(seconds(30));
  }
  history.Add({.message_id = "next"});
  const auto server = start();
  WatchCall watch(channel_to(*server), FromCursor(cursor));
  const auto response = watch.ReadEvents();
  ASSERT_TRUE(response);
  ASSERT_EQ(response->events_size(), 1);
  EXPECT_EQ(response->events(0).message_id(), "next");
}

TEST(WatchCalls, EndThemselvesAtTheirAge) {
  GrpcWorld world({.stream_age_ms = 200});
  world.api().AddMany(3, {});
  WatchCall watch(world.channel(), FromOldest());
  ASSERT_TRUE(watch.ReadEvents());
  const ::grpc::Status status = watch.Finish();
  EXPECT_EQ(Outcome(status), "UNAVAILABLE DRAINING");
  EXPECT_EQ(ErrorInfoIn(status)->metadata().at("cursor"), world.api().CursorAt(4));
  WatchCall again(world.channel(), FromOldest());  // The server serves on.
  EXPECT_TRUE(again.ReadEvents());
}

TEST(WatchCalls, HaveAStatusWhenTheirConnectionHasReachedItsAge) {
  GrpcWorld world({.connection_age_ms = 100, .connection_grace_ms = 20'000, .stream_age_ms = 500});
  WatchCall watch(world.channel(), {});
  ASSERT_TRUE(watch.Read());
  EXPECT_EQ(Outcome(watch.Finish()), "UNAVAILABLE DRAINING");
}

TEST(WatchCalls, TooManyAreRefused) {
  GrpcWorld world({.streams_max = 2});
  WatchCall first(world.channel(), {});
  WatchCall second(world.channel(), {});
  ASSERT_TRUE(first.Read());
  ASSERT_TRUE(second.Read());
  WatchCall third(world.channel(), {});
  EXPECT_EQ(Outcome(third.Finish()), "RESOURCE_EXHAUSTED TOO_MANY_CALLS");
  EXPECT_EQ(world.metrics().Value("mailtrail_grpc_open_streams", {{"method", kWatchMethod}}), 2);
}

TEST(WatchCalls, RaceWithCancelsCommitsAndTheDrain) {
  GrpcWorld world;
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&world, i] {
      for (int round = 0; round < 25; ++round) {
        WatchCall watch(world.channel(), FromOldest());
        for (int reads = 0; reads < (round + i) % 4; ++reads) (void)watch.Read();
        if (round % 2 == 0) watch.Cancel();
      }
    });
  }
  for (int i = 0; i < 300; ++i) world.api().Add({});
  for (std::thread& client : clients) client.join();
  world.server().Drain(seconds(30));
  EXPECT_TRUE(world.WaitUntilNoStreams(kWatchMethod));
}

}  // namespace
}  // namespace mailtrail::test
