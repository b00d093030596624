#include "clients/cpp/event_watch.h"

#include <functional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "clients/cpp/channel.h"
#include "clients/cpp/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "tests/clients/cpp/scripted_server.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::client {
namespace {

using grpc::StatusCode;
using test::Refusal;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const grpc::Status kBroken(StatusCode::UNAVAILABLE, "Socket closed");

v1::WatchEventsRequest Export() {
  v1::WatchEventsRequest request;
  request.set_position(v1::WatchEventsRequest::POSITION_OLDEST);
  request.set_stop_at_head(true);
  return request;
}

v1::WatchEventsRequest Live() {
  v1::WatchEventsRequest request = Export();
  request.set_stop_at_head(false);
  return request;
}

// "e<first>", ..., "e<last>".
std::vector<std::string> Ids(int first, int last) {
  std::vector<std::string> ids;
  for (int i = first; i <= last; ++i) ids.push_back(Cat("e", i));
  return ids;
}

class EventWatchTest : public testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<EventWatch> Watch(const v1::WatchEventsRequest& request) {
    EventWatchOptions options;
    options.seed = 1;
    options.on_resume = [this](const absl::Status& why, std::int64_t wait_ms) {
      resumes_.push_back(why);
      waits_.push_back(wait_ms);
      if (at_resume_) at_resume_();
    };
    return std::make_unique<EventWatch>(Connect(server_.address()), request, std::move(options));
  }
  // The ids that the next `count` calls of Next() give, or all to the end of the watch.
  static std::vector<std::string> Read(EventWatch& watch, std::size_t count = SIZE_MAX) {
    std::vector<std::string> ids;
    while (ids.size() < count) {
      const auto event = watch.Next();
      if (!event) break;
      ids.push_back(event->id());
    }
    return ids;
  }
  // The cursors that the streams but the first were asked to start from.
  [[nodiscard]] std::vector<std::string> ResumedFrom() const {
    std::vector<std::string> cursors;
    for (const auto& request : service_.requests()) cursors.push_back(request.cursor());
    if (!cursors.empty()) cursors.erase(cursors.begin());
    return cursors;
  }

  test::ScriptedService service_;
  test::ScriptedServer server_{service_};
  std::vector<absl::Status> resumes_;
  std::vector<std::int64_t> waits_;
  std::function<void()> at_resume_;
};

TEST_F(EventWatchTest, GivesEachEventInOrderAndEndsWithOkAtTheHead) {
  service_.SetHistory(7);
  service_.Plan({.batch = 3});
  const auto watch = Watch(Export());
  EXPECT_EQ(Read(*watch), Ids(1, 7));
  EXPECT_OK(watch->status());
  EXPECT_EQ(watch->cursor(), "c7");
  EXPECT_EQ(watch->Next(), std::nullopt) << "over is over";
  EXPECT_THAT(resumes_, IsEmpty());
}

TEST_F(EventWatchTest, RunHandsOutTheSame) {
  service_.SetHistory(3);
  std::vector<std::string> ids;
  Watch(Export())->Run([&](const v1::Event& event) { ids.push_back(event.id()); });
  EXPECT_EQ(ids, Ids(1, 3));
}

TEST_F(EventWatchTest, GoesOnAfterABreakFromTheLastEventWithTheSameFilterAndView) {
  service_.SetHistory(6);
  service_.Plan({.events = 4, .batch = 2, .end = kBroken});
  v1::WatchEventsRequest request = Export();
  request.mutable_filter()->mutable_mail()->add_recipients("ann@example.com");
  request.set_view(v1::EVENT_VIEW_FULL);
  const auto watch = Watch(request);
  EXPECT_EQ(Read(*watch), Ids(1, 6));
  EXPECT_THAT(ResumedFrom(), ElementsAre("c4"));
  const auto requests = service_.requests();
  ASSERT_THAT(requests, SizeIs(2));
  EXPECT_EQ(requests[1].filter().DebugString(), request.filter().DebugString());
  EXPECT_EQ(requests[1].view(), v1::EVENT_VIEW_FULL);
  EXPECT_TRUE(requests[1].stop_at_head());
  ASSERT_THAT(resumes_, SizeIs(1));
  EXPECT_THAT(resumes_[0], StatusIs(absl::StatusCode::kUnavailable, "Socket closed"));
}

TEST_F(EventWatchTest, GivesEachEventOnceWhateverBreaksInBetween) {
  std::minstd_rand random(42);
  for (int round = 0; round < 5; ++round) {
    const int events = static_cast<int>(150 + random() % 100);
    service_.SetHistory(events);
    for (int breaks = 0; breaks < 6; ++breaks) {
      service_.Plan({.events = static_cast<int>(random() % 24),
                     .batch = static_cast<int>(1 + random() % 7),
                     .progress = static_cast<int>(random() % 3),
                     .answers = random() % 5 != 0 || breaks == 0,
                     .end = kBroken});
    }
    const auto watch = Watch(Export());
    EXPECT_EQ(Read(*watch), Ids(1, events)) << "round " << round;
    EXPECT_OK(watch->status());
    EXPECT_EQ(watch->cursor(), Cat("c", events));
  }
}

TEST_F(EventWatchTest, GoesOnWhenTheServerIsStartedAgain) {
  service_.SetHistory(3);
  const auto watch = Watch(Live());
  EXPECT_EQ(Read(*watch, 3), Ids(1, 3));
  // It comes back, with more, only after the client has seen that it is away.
  at_resume_ = [this] {
    if (resumes_.size() == 2) server_.Start();
  };
  server_.Stop();
  service_.SetHistory(5);
  EXPECT_EQ(Read(*watch, 2), Ids(4, 5));
  EXPECT_EQ(ResumedFrom().back(), "c3");
}

TEST_F(EventWatchTest, ACursorInsideABatchLosesNothingOfIt) {
  service_.SetHistory(5);
  service_.Plan({.batch = 5});
  const auto first = Watch(Live());
  EXPECT_EQ(Read(*first, 2), Ids(1, 2));
  EXPECT_EQ(first->cursor(), "c2") << "and not the batch's";
  v1::WatchEventsRequest rest;
  rest.set_cursor(first->cursor());
  rest.set_stop_at_head(true);
  EXPECT_EQ(Read(*Watch(rest)), Ids(3, 5));
}

TEST_F(EventWatchTest, ProgressMovesTheCursorAndGivesNothing) {
  service_.SetHistory(4);
  v1::WatchEventsRequest head;
  head.set_stop_at_head(true);
  service_.Plan({.progress = 3, .end = kBroken});
  int responses = 0;
  EventWatchOptions options;
  options.on_response = [&](const v1::WatchEventsResponse&) { ++responses; };
  EventWatch watch(Connect(server_.address()), head, std::move(options));
  EXPECT_EQ(watch.cursor(), "") << "before the first response";
  EXPECT_EQ(watch.Next(), std::nullopt);
  EXPECT_EQ(watch.cursor(), "c4");
  EXPECT_THAT(ResumedFrom(), ElementsAre("c4")) << "the head where it began, not a later one";
  EXPECT_EQ(responses, 5);
}

TEST_F(EventWatchTest, AStreamThatBreaksBeforeItsFirstResponseStartsAsAsked) {
  service_.SetHistory(2);
  service_.Plan({.events = 0, .answers = false, .end = kBroken});
  EXPECT_EQ(Read(*Watch(Export())), Ids(1, 2));
  const auto requests = service_.requests();
  ASSERT_THAT(requests, SizeIs(2));
  EXPECT_EQ(requests[1].position(), v1::WatchEventsRequest::POSITION_OLDEST);
}

TEST_F(EventWatchTest, WaitsLongerWhileNothingIsAchieved) {
  service_.SetHistory(3);
  for (int i = 0; i < 3; ++i) service_.Plan({.events = 0, .end = kBroken});
  service_.Plan({.events = 1, .end = kBroken});
  EXPECT_EQ(Read(*Watch(Export())), Ids(1, 3));
  ASSERT_THAT(waits_, SizeIs(4));
  EXPECT_LE(waits_[0], kBackoffFirstMs);
  EXPECT_GE(waits_[1], kBackoffFirstMs) << "a first response alone is no success";
  EXPECT_GE(waits_[2], 2 * kBackoffFirstMs);
  EXPECT_LE(waits_[3], kBackoffFirstMs) << "an event is";
}

TEST_F(EventWatchTest, WhatSomethingInBetweenSaysIsABreak) {
  service_.SetHistory(5);
  service_.Plan({.events = 1, .end = {StatusCode::INTERNAL, "Received RST_STREAM"}});
  service_.Plan({.events = 1, .end = {StatusCode::CANCELLED, "RST_STREAM 8"}});
  service_.Plan({.events = 1, .end = {StatusCode::UNKNOWN, "Stream removed"}});
  service_.Plan({.events = 1, .end = grpc::Status::OK});  // Nobody asked for an end.
  service_.Plan({.silent = true});
  const auto watch = Watch(Live());
  EXPECT_EQ(Read(*watch, 5), Ids(1, 5));
  EXPECT_THAT(resumes_, SizeIs(4));
}

TEST_F(EventWatchTest, ABusyServerIsAskedAgain) {
  service_.SetHistory(1);
  service_.Plan({.events = 0,
                 .answers = false,
                 .end = Refusal(StatusCode::RESOURCE_EXHAUSTED, "TOO_MANY_CALLS")});
  service_.Plan(
      {.events = 0, .answers = false, .end = Refusal(StatusCode::UNAVAILABLE, "DRAINING")});
  EXPECT_EQ(Read(*Watch(Export())), Ids(1, 1));
}

TEST_F(EventWatchTest, WhatResumingCannotMendEndsItWithTheReason) {
  service_.SetHistory(3);
  service_.Plan({.events = 2, .end = kBroken});
  service_.Plan(
      {.events = 0,
       .answers = false,
       .end = Refusal(StatusCode::OUT_OF_RANGE, "CURSOR_TOO_OLD", "oldest_cursor", "c9")});
  const auto watch = Watch(Export());
  EXPECT_EQ(Read(*watch), Ids(1, 2));
  EXPECT_THAT(watch->status(), StatusIs(absl::StatusCode::kOutOfRange, "a sentence"));
  EXPECT_EQ(ErrorInfoOf(watch->status()).reason, "CURSOR_TOO_OLD");
  EXPECT_EQ(ErrorInfoOf(watch->status()).metadata.at("oldest_cursor"), "c9");
  EXPECT_EQ(watch->cursor(), "c2");
}

TEST_F(EventWatchTest, AFaultOfTheServerIsNotRepeated) {
  service_.Plan({.end = Refusal(StatusCode::INTERNAL, "INTERNAL")});
  const auto watch = Watch(Live());
  EXPECT_EQ(watch->Next(), std::nullopt);
  EXPECT_THAT(watch->status(), StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(service_.requests(), SizeIs(1));
}

TEST_F(EventWatchTest, StopFromAnotherThreadEndsAWaitForEvents) {
  service_.Plan({.silent = true});
  const auto watch = Watch(Live());
  std::thread other([&] {
    service_.WaitForStreams(1);
    watch->Stop();
  });
  EXPECT_EQ(watch->Next(), std::nullopt);
  other.join();
  EXPECT_OK(watch->status());
  EXPECT_THAT(resumes_, IsEmpty());
}

TEST_F(EventWatchTest, StopEndsAStreamThatHasNotAnsweredAtAll) {
  service_.Plan({.answers = false, .silent = true});
  const auto watch = Watch(Live());
  std::thread other([&] {
    service_.WaitForStreams(1);
    watch->Stop();
  });
  EXPECT_EQ(watch->Next(), std::nullopt);
  other.join();
  EXPECT_OK(watch->status());
}

TEST_F(EventWatchTest, StopEndsAWaitForTheNextAttempt) {
  server_.Stop();
  const auto watch = Watch(Live());
  at_resume_ = [&] { watch->Stop(); };
  EXPECT_EQ(watch->Next(), std::nullopt);
  EXPECT_OK(watch->status());
  EXPECT_THAT(resumes_, SizeIs(1));
}

TEST_F(EventWatchTest, StopKeepsWhatWasReadAlready) {
  service_.SetHistory(4);
  service_.Plan({.batch = 4, .silent = true});
  const auto watch = Watch(Live());
  EXPECT_EQ(Read(*watch, 1), Ids(1, 1));
  watch->Stop();
  EXPECT_EQ(Read(*watch), Ids(2, 4)) << "of the batch";
  EXPECT_EQ(watch->cursor(), "c4");
  EXPECT_THAT(service_.requests(), SizeIs(1));
}

TEST_F(EventWatchTest, StoppedBeforeItBeganGivesNothing) {
  service_.SetHistory(1);
  const auto watch = Watch(Live());
  watch->Stop();
  EXPECT_EQ(watch->Next(), std::nullopt);
  EXPECT_THAT(service_.requests(), IsEmpty());
}

TEST_F(EventWatchTest, MayBeDroppedInTheMiddle) {
  service_.SetHistory(50);
  service_.Plan({.silent = true});
  auto watch = Watch(Live());
  EXPECT_EQ(Read(*watch, 1), Ids(1, 1));
  watch.reset();
  EXPECT_THAT(service_.requests(), SizeIs(1));
}

}  // namespace
}  // namespace mailtrail::client
