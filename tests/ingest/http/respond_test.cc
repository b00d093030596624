// Answers that come later, from elsewhere, twice in vain, or never.

#include <atomic>
#include <thread>
#include <vector>

#include "storage/base/bounded_queue.h"
#include "storage/base/text.h"
#include "tests/ingest/http/fixture.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::ingest::http {
namespace {

using RespondTest = HttpTest;

TEST_F(RespondTest, AnotherThreadMayAnswer) {
  Client client(port());
  client.Send(Post("/hold", "body"));
  std::thread([respond = held_.Take()]() mutable {
    respond({.status = 403, .body = "from afar", .headers = {{"X-Reason", "why"}}});
  }).join();
  const Reply reply = client.Read();
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(reply.body, "from afar");
  EXPECT_EQ(reply.headers.at("x-reason"), "why");
  EXPECT_EQ(metrics_.Value("mailtrail_http_requests_total{test,403}"), 1);
}

TEST_F(RespondTest, PipelinedRequestsWaitForTheAnswerBeforeThem) {
  Client client(port());
  client.Send(Post("/hold", "first") + Post("/echo", "second"));
  Respond respond = held_.Take();
  EXPECT_EQ(echoed_, 0);
  respond({.body = "first"});
  EXPECT_EQ(client.Read().body, "first");
  EXPECT_EQ(client.Read().body, "second");
}

TEST_F(RespondTest, OtherConnectionsAreServedMeanwhile) {
  Client waiting(port());
  waiting.Send(Post("/hold", "body"));
  Respond respond = held_.Take();
  Client other(port());
  EXPECT_EQ(other.Ask(Post("/echo", "meanwhile")).body, "meanwhile");
  respond({});
  EXPECT_EQ(waiting.Read().status, 200);
}

TEST_F(RespondTest, LetGoWithoutACallItAnswers503) {
  Client client(port());
  EXPECT_EQ(client.Ask(Post("/drop", "body")).status, 503);
  client.Send(Post("/hold", "body"));
  std::thread([respond = held_.Take()] {}).join();
  EXPECT_EQ(client.Read().status, 503);
  EXPECT_EQ(Refused("answer_dropped"), 2);
  EXPECT_EQ(client.Ask(Post("/echo", "goes on")).body, "goes on");
}

TEST_F(RespondTest, ASecondCallDoesNothing) {
  Client client(port());
  client.Send(Post("/hold", "body"));
  Respond respond = held_.Take();
  respond({.body = "first"});
  EXPECT_EQ(client.Read().body, "first");
  respond({.body = "second"});
  EXPECT_EQ(client.Ask(Post("/echo", "next")).body, "next");
}

TEST_F(RespondTest, TheClientMayHaveLeft) {
  Client client(port());
  client.Send(Post("/hold", "body"));
  Respond respond = held_.Take();
  client.Close();
  respond({.body = std::string(100'000, 'x')});
  metrics_.WaitFor("mailtrail_http_connections_open{test}", 0);
}

TEST_F(RespondTest, TheListenerMayBeGone) {
  Client client(port());
  client.Send(Post("/hold", "first"));
  Respond called = held_.Take();
  Client other(port());
  other.Send(Post("/hold", "second"));
  Respond dropped = held_.Take();
  listener_.reset();
  EXPECT_TRUE(client.AtEnd());
  called({.body = "late"});
}

TEST_F(RespondTest, AHandlerThatThrowsLosesItsConnectionOnly) {
  auto started = Listener::Start(
      SmallOptions(),
      {{"POST", "/throw",
        [](const Request& /*request*/, const Respond& /*respond*/) { throw std::bad_alloc(); }},
       {"GET", "/alive", [](const Request& /*request*/, Respond respond) { respond({}); }}},
      clock_, metrics_, logger_);
  ASSERT_OK(started);
  Client client((*started)->port());
  client.Send(Post("/throw", "body"));
  EXPECT_TRUE(client.AtEnd());
  logger_.WaitForEvent("http_failure");
  Client other((*started)->port());
  EXPECT_EQ(other.Ask("GET /alive HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
}

// Many clients, several io threads, and one thread that answers all of them, as the writer does.
TEST_F(RespondTest, EveryClientGetsItsOwnAnswers) {
  constexpr int kClients = 8;
  constexpr int kRequests = 200;
  struct Job {
    std::string body;
    Respond respond;
  };
  BoundedQueue<Job> jobs(kClients, kClients * 100);
  Options options = SmallOptions();
  options.threads = 3;
  auto started = Listener::Start(
      options,
      {{"POST", "/job",
        [&](Request request, Respond respond) {
          EXPECT_TRUE(jobs.TryPush({std::move(request.body), std::move(respond)}, 1));
        }}},
      clock_, metrics_, logger_);
  ASSERT_OK(started);
  std::thread answerer([&] {
    while (!jobs.drained()) {
      for (Job& job : jobs.PopBatch(kClients)) {
        job.respond({.body = "re: " + job.body});
      }
    }
  });
  std::atomic<int> right = 0;
  std::vector<std::thread> clients;
  for (int c = 0; c < kClients; ++c) {
    clients.emplace_back([&, c] {
      Client client((*started)->port());
      for (int i = 0; i < kRequests; ++i) {
        const std::string body = Cat(c, "/", i);
        right += client.Ask(Post("/job", body)).body == "re: " + body ? 1 : 0;
      }
    });
  }
  for (std::thread& client : clients) {
    client.join();
  }
  jobs.Close();
  answerer.join();
  EXPECT_EQ(right, kClients * kRequests);
}

}  // namespace
}  // namespace mailtrail::ingest::http
