#include "server/api/watch.h"

#include <string>
#include <vector>

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
using test::Facts;
using test::MessageIdsIn;
using test::RequestFrom;
using test::Watching;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Request = v1::WatchEventsRequest;
using Response = v1::WatchEventsResponse;

class WatchTest : public ::testing::Test {
 protected:
  ApiWorld world_;
};

TEST_F(WatchTest, TheFirstAnswerComesAtOnceWithoutEvents) {
  world_.AddMany(3, {});
  Watching watching(world_, RequestFrom(Request::POSITION_OLDEST));
  const Response first = watching.Send();
  EXPECT_THAT(first.events(), IsEmpty());
  EXPECT_EQ(first.cursor(), world_.CursorAt(0));
  EXPECT_EQ(first.phase(), Response::PHASE_CATCHING_UP);
}

TEST_F(WatchTest, AtTheHeadTheFirstAnswerIsLive) {
  world_.AddMany(3, {});
  Watching watching(world_, {});
  const Response first = watching.Send();
  EXPECT_EQ(first.cursor(), world_.CursorAt(4));
  EXPECT_EQ(first.phase(), Response::PHASE_LIVE);
  EXPECT_EQ(watching.Turn(), WatchTurn::kIdle);
}

TEST_F(WatchTest, ShowsHistoryAndThenWhatComes) {
  world_.Add({.message_id = "m1"});
  Watching watching(world_, RequestFrom(Request::POSITION_OLDEST));
  (void)watching.Send();
  EXPECT_THAT(MessageIdsIn(watching.Send()), ElementsAre("m1"));
  EXPECT_EQ(watching.Turn(), WatchTurn::kIdle);
  EXPECT_EQ(watching.wakes(), 0);
  world_.Add({.message_id = "m2"});
  EXPECT_EQ(watching.wakes(), 1);
  const Response live = watching.Send();
  EXPECT_THAT(MessageIdsIn(live), ElementsAre("m2"));
  EXPECT_EQ(live.phase(), Response::PHASE_LIVE);
  EXPECT_EQ(live.cursor(), live.events(0).cursor());
}

TEST_F(WatchTest, ResumesInTheMiddleOfABatch) {
  world_.AddMany(5, {});
  Watching whole(world_, RequestFrom(Request::POSITION_OLDEST));
  (void)whole.Send();
  const Response batch = whole.Send();
  ASSERT_THAT(batch.events(), SizeIs(5));
  Watching rest(world_, RequestFrom(batch.events(2).cursor()));
  EXPECT_EQ(rest.Send().cursor(), batch.events(2).cursor());
  EXPECT_THAT(MessageIdsIn(rest.Send()), ElementsAre("m4", "m5"));
}

TEST_F(WatchTest, ABatchHasAtMost256Events) {
  world_.AddMany(300, {});
  Watching watching(world_, RequestFrom(Request::POSITION_OLDEST));
  (void)watching.Send();
  const Response first = watching.Send();
  EXPECT_THAT(first.events(), SizeIs(kWatchEventsMax));
  EXPECT_EQ(first.phase(), Response::PHASE_CATCHING_UP);
  EXPECT_EQ(first.cursor(), first.events(255).cursor());
  const Response second = watching.Send();
  EXPECT_THAT(second.events(), SizeIs(44));
  EXPECT_EQ(second.phase(), Response::PHASE_LIVE);
}

TEST_F(WatchTest, ABatchEndsBeforeTheEventThatWouldTakeItBeyondAMegabyte) {
  const storage::v1::Event event = test::MakeEvent({.message_id = "big"}, 1).event;
  for (int i = 0; i < 5; ++i) world_.AddEvent(event, std::string(400'000, 'x'));
  Request request = RequestFrom(Request::POSITION_OLDEST);
  request.set_view(v1::EVENT_VIEW_RAW);
  Watching watching(world_, request);
  (void)watching.Send();
  std::size_t events = 0;
  for (int batches = 0; events < 5; ++batches) {
    const Response batch = watching.Send();
    ASSERT_LT(batches, 4);
    EXPECT_THAT(batch.events(), Not(IsEmpty()));
    EXPECT_LE(batch.events_size(), 2);
    EXPECT_LE(batch.ByteSizeLong(), kPageBytesMax + 1'000);
    EXPECT_EQ(batch.cursor(), batch.events(batch.events_size() - 1).cursor());
    events += static_cast<std::size_t>(batch.events_size());
  }
  EXPECT_EQ(watching.Turn(), WatchTurn::kIdle);
}

TEST_F(WatchTest, SaysSomethingAfterEachIntervalAndNotBefore) {
  Request request;
  *request.mutable_progress_interval() = ToDuration(10'000);
  request.mutable_filter()->mutable_mail()->add_recipients("nobody@example.com");
  Watching watching(world_, request);
  (void)watching.Send();
  for (int i = 0; i < 20; ++i) {
    const std::int64_t wait = watching.watch().due() - world_.clock().SteadyMillis();
    EXPECT_GE(wait, 9'000);
    EXPECT_LE(wait, 10'000);
    world_.Add({});  // Matches nothing, and moves the head.
    world_.clock().Advance(wait - 1);
    EXPECT_EQ(watching.Turn(), WatchTurn::kIdle);
    world_.clock().Advance(1);
    const Response progress = watching.Send();
    EXPECT_THAT(progress.events(), IsEmpty());
    EXPECT_EQ(progress.cursor(), world_.CursorAt(world_.log().head(0).value));
    EXPECT_EQ(progress.phase(), Response::PHASE_LIVE);
  }
  EXPECT_EQ(watching.wakes(), 0);
}

TEST_F(WatchTest, ProgressIntervalsAreNotAllAlike) {
  Watching watching(world_, {});
  std::set<std::int64_t> waits;
  (void)watching.Send();
  for (int i = 0; i < 50; ++i) {
    waits.insert(watching.watch().due() - world_.clock().SteadyMillis());
    world_.clock().Advance(kProgressMsMax);
    (void)watching.Send();
  }
  EXPECT_GT(waits.size(), 10U);
}

TEST_F(WatchTest, ProgressIntervalsAreClamped) {
  const auto wait = [this](std::int64_t asked) {
    Request request;
    *request.mutable_progress_interval() = ToDuration(asked);
    Watching watching(world_, request);
    (void)watching.Send();
    return watching.watch().due() - world_.clock().SteadyMillis();
  };
  EXPECT_LE(wait(1), kProgressMsMin);
  EXPECT_GE(wait(1), kProgressMsMin * 9 / 10);
  EXPECT_LE(wait(3'600'000), kProgressMsMax);
  EXPECT_GE(wait(3'600'000), kProgressMsMax * 9 / 10);
}

TEST_F(WatchTest, SaysSomethingDuringALongScanToo) {
  world_.AddMany(25'000, {});
  Request request = RequestFrom(Request::POSITION_OLDEST);
  request.mutable_filter()->add_types(v1::EVENT_TYPE_OPEN);  // A scan: the type has no term.
  Watching watching(world_, request);
  (void)watching.Send();
  ASSERT_EQ(watching.Turn(), WatchTurn::kMore);
  world_.clock().Advance(kProgressMsMax);
  const Response progress = watching.Send();
  EXPECT_THAT(progress.events(), IsEmpty());
  EXPECT_EQ(progress.phase(), Response::PHASE_CATCHING_UP);
  Watching resumed(world_, RequestFrom(progress.cursor()));
  EXPECT_EQ(resumed.Send().cursor(), progress.cursor());
  while (watching.Turn() == WatchTurn::kMore) {
  }
  EXPECT_EQ(watching.Turn(), WatchTurn::kIdle);
}

TEST_F(WatchTest, AnExportEndsAtTheHeadAsItWas) {
  world_.AddMany(3, {});
  Request request = RequestFrom(Request::POSITION_OLDEST);
  request.set_stop_at_head(true);
  Watching watching(world_, request);
  world_.Add({.message_id = "late"});
  (void)watching.Send();
  const Response last = watching.Send();
  EXPECT_THAT(MessageIdsIn(last), ElementsAre("m1", "m2", "m3"));
  EXPECT_EQ(last.cursor(), world_.CursorAt(4));
  EXPECT_EQ(last.phase(), Response::PHASE_LIVE);
  EXPECT_EQ(watching.Turn(), WatchTurn::kEnd);
  EXPECT_EQ(watching.Turn(), WatchTurn::kEnd);
}

TEST_F(WatchTest, AnExportOfNothingSaysWhereItEnded) {
  world_.AddMany(3, {});
  Request request = RequestFrom(Request::POSITION_OLDEST);
  request.set_stop_at_head(true);
  request.mutable_filter()->mutable_mail()->add_recipients("nobody@example.com");
  Watching watching(world_, request);
  (void)watching.Send();
  const Response last = watching.Send();
  EXPECT_THAT(last.events(), IsEmpty());
  EXPECT_EQ(last.cursor(), world_.CursorAt(4));
  EXPECT_EQ(watching.Turn(), WatchTurn::kEnd);
  Request at_head;
  at_head.set_stop_at_head(true);
  Watching nothing(world_, at_head);
  EXPECT_EQ(nothing.Send().phase(), Response::PHASE_LIVE);
  EXPECT_EQ(nothing.Turn(), WatchTurn::kEnd);
}

TEST_F(WatchTest, WakesForWhatItAsksForUntilItIsToldToStop) {
  Request request;
  request.mutable_filter()->mutable_mail()->add_recipients("Ben@example.com");
  Watching watching(world_, request);
  world_.Add({});
  EXPECT_EQ(watching.wakes(), 0);
  world_.Add({.destination = {"ben@example.com"}, .about = {"ben@example.com"}});
  EXPECT_EQ(watching.wakes(), 1);
  EXPECT_EQ(world_.hub().size(), 1U);
  watching.watch().StopWaking();
  EXPECT_EQ(world_.hub().size(), 0U);
  world_.Add({.destination = {"ben@example.com"}, .about = {"ben@example.com"}});
  EXPECT_EQ(watching.wakes(), 1);
}

TEST_F(WatchTest, LeavesTheHubWhenItGoes) {
  {
    const Watching watching(world_, {});
  }
  EXPECT_EQ(world_.hub().size(), 0U);
}

TEST_F(WatchTest, LagIsTheAgeOfWhereItIs) {
  world_.AddMany(300, {});
  world_.clock().SetNow({test::kWorldStart.value + 1 + 60'000});
  Watching watching(world_, RequestFrom(Request::POSITION_OLDEST));
  EXPECT_EQ(watching.Send().lag().seconds(), 60);
  EXPECT_EQ(watching.Send().lag().seconds(), 59);  // Behind the 256th event.
  const Response live = watching.Send();
  EXPECT_EQ(live.lag().seconds(), 0);
  EXPECT_TRUE(live.has_lag());
}

TEST_F(WatchTest, ExplainsTheReadsSinceTheLastResponse) {
  world_.AddMany(3, {});
  Request request = RequestFrom(Request::POSITION_OLDEST);
  request.mutable_filter()->mutable_mail()->add_recipients("ann@example.com");
  request.set_explain(true);
  Watching watching(world_, request);
  EXPECT_EQ(watching.Send().explain().entries_read(), 0);
  const Response batch = watching.Send();
  EXPECT_EQ(batch.explain().leading_term(), "recipient");
  EXPECT_EQ(batch.explain().entries_read(), 3);
  world_.clock().Advance(kProgressMsMax);
  EXPECT_EQ(watching.Send().explain().entries_read(), 0);
}

TEST_F(WatchTest, ShowsTheViewThatWasAsked) {
  world_.AddMany(1, {});
  Request request = RequestFrom(Request::POSITION_OLDEST);
  request.set_view(v1::EVENT_VIEW_RAW);
  Watching raw(world_, request);
  (void)raw.Send();
  EXPECT_NE(raw.Send().events(0).raw(), "");
  Watching basic(world_, RequestFrom(Request::POSITION_OLDEST));
  (void)basic.Send();
  EXPECT_EQ(basic.Send().events(0).raw(), "");
}

}  // namespace
}  // namespace mailtrail::server::api
