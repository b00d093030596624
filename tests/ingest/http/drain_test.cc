// The end: what is idle goes at once, what has begun is answered, what hangs is cut off.

#include <chrono>
#include <future>

#include "storage/base/text.h"
#include "tests/ingest/http/fixture.h"

namespace mailtrail::ingest::http {
namespace {

class Drain : public HttpTest {
 protected:
  // Begins a drain; returns once it is known to have begun, by an idle connection's end.
  std::future<std::size_t> Begin(std::int64_t within_ms) {
    Client idle(port());
    EXPECT_EQ(idle.Ask(Post("/echo", "idle")).status, 200);
    auto drained =
        std::async(std::launch::async, [this, within_ms] { return listener_->Drain(within_ms); });
    EXPECT_TRUE(idle.AtEnd());
    return drained;
  }
};

TEST_F(Drain, IdleConnectionsAreClosedAndNewOnesAreNotTaken) {
  const std::uint16_t old_port = port();
  EXPECT_EQ(Begin(10'000).get(), 0U);
  Client late(old_port);
  EXPECT_FALSE(late.Send(Post("/echo", "late")));
  EXPECT_EQ(Open(), 0);
}

TEST_F(Drain, ARequestThatHasBegunIsAnsweredWithConnectionClose) {
  Client client(port());
  client.Send(Post("/hold", "body"));
  Respond respond = held_.Take();
  std::future<std::size_t> drained = Begin(10'000);
  respond({.body = "still answered"});
  const Reply reply = client.Read();
  EXPECT_EQ(reply.body, "still answered");
  EXPECT_EQ(reply.headers.at("connection"), "close");
  EXPECT_TRUE(client.AtEnd());
  EXPECT_EQ(drained.get(), 0U);
}

TEST_F(Drain, ABodyThatIsStillComingIsWaitedFor) {
  Client client(port());
  EXPECT_EQ(client
                .Ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: "
                     "100-continue\r\n\r\n")
                .status,
            100);
  std::future<std::size_t> drained = Begin(10'000);
  EXPECT_EQ(client.Ask("body").body, "body");
  EXPECT_EQ(drained.get(), 0U);
}

TEST_F(Drain, WhatHangsIsCutOffWhenTheTimeIsUp) {
  Client client(port());
  client.Send(Post("/hold", "body"));
  Respond respond = held_.Take();
  std::future<std::size_t> drained = Begin(10'000);
  clock_.Advance(9'999);
  EXPECT_FALSE(client.ReadableWithin(30));
  clock_.Advance(1);
  EXPECT_TRUE(client.AtEnd());
  EXPECT_EQ(drained.get(), 1U);
  respond({.body = "in vain"});
}

TEST_F(Drain, ASecondDrainMayBeShorter) {
  Client client(port());
  client.Send(Post("/hold", "body"));
  const Respond respond = held_.Take();
  std::future<std::size_t> drained = Begin(10'000);
  EXPECT_EQ(listener_->Drain(0), 1U);
  EXPECT_EQ(drained.get(), 1U);
  EXPECT_EQ(listener_->Drain(10'000), 1U);
}

TEST_F(Drain, ASecondDrainIsNeverLonger) {
  Client client(port());
  client.Send(Post("/hold", "body"));
  const Respond respond = held_.Take();
  std::future<std::size_t> drained = Begin(10'000);
  auto longer = std::async(std::launch::async, [this] { return listener_->Drain(20'000); });
  EXPECT_EQ(longer.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
  clock_.Advance(10'000);
  EXPECT_TRUE(client.AtEnd());
  EXPECT_EQ(drained.get(), 1U);
  EXPECT_EQ(longer.get(), 1U);
}

TEST_F(Drain, TheDestructorDoesNotWaitForAnyone) {
  Client hanging(port());
  hanging.Send(Post("/hold", "body"));
  const Respond respond = held_.Take();
  Client silent(port());
  Client half(port());
  half.Send("POST /ec");
  Witness reading(port());
  listener_.reset();
  EXPECT_TRUE(hanging.AtEnd());
  EXPECT_TRUE(half.AtEnd());
  EXPECT_TRUE(silent.AtEnd());
}

}  // namespace
}  // namespace mailtrail::ingest::http
