// Each limit of ingest/http/limits.h, met and passed.

#include "ingest/http/limits.h"

#include <sys/resource.h>
#include <unistd.h>

#include "storage/base/text.h"
#include "tests/ingest/http/fixture.h"

namespace mailtrail::ingest::http {
namespace {

using Limits = HttpTest;

constexpr std::string_view kChunkedHead =
    "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

std::string HeadOf(std::size_t bytes) {
  std::string head = "GET /alive HTTP/1.1\r\nHost: a\r\nX: ";
  head.append(bytes - head.size() - 4, 'x');
  return head + "\r\n\r\n";
}

std::string HeadOfFields(std::size_t fields) {
  std::string head = "GET /alive HTTP/1.1\r\nHost: a\r\n";
  for (std::size_t i = 1; i < fields; ++i) {
    head += "X: y\r\n";
  }
  return head + "\r\n";
}

TEST_F(Limits, AHeadOfTheLargestSizeIsTakenAndALargerOneGets431) {
  Client client(port());
  EXPECT_EQ(client.Ask(HeadOf(kHeadBytesMax)).status, 200);
  EXPECT_EQ(client.Ask(HeadOf(kHeadBytesMax + 1)).status, 431);
  EXPECT_TRUE(client.AtEnd());
  Client endless(port());
  endless.Send(std::string(kHeadBytesMax + 1, 'x'));
  EXPECT_EQ(endless.Read().status, 431);
  EXPECT_EQ(Refused("head_too_large"), 2);
}

TEST_F(Limits, AHeadOfTheMostFieldsIsTakenAndOneMoreGets431) {
  Client client(port());
  EXPECT_EQ(client.Ask(HeadOfFields(kHeaderFieldsMax)).status, 200);
  EXPECT_EQ(client.Ask(HeadOfFields(kHeaderFieldsMax + 1)).status, 431);
}

TEST_F(Limits, ABodyOfTheLargestSizeIsTakenAndALongerOneGets413) {
  const std::string body(kBodyBytesMax, 'x');
  Client client(port());
  EXPECT_EQ(client.Ask(Post("/echo", body)).body.size(), body.size());
  EXPECT_EQ(client.Ask(Cat(kChunkedHead, Chunked(body, 100'000))).body.size(), body.size());
  EXPECT_EQ(client.Ask(Post("/echo", body + "x")).status, 413);
  EXPECT_TRUE(client.AtEnd());
  EXPECT_EQ(Refused("body_too_large"), 1);
}

TEST_F(Limits, AHugeLengthGets413BeforeAByteOfTheBodyCame) {
  Client client(port());
  const std::string head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2147483648\r\n\r\n";
  EXPECT_EQ(client.Ask(head).status, 413);
}

TEST_F(Limits, AChunkedBodyOver1MebibyteGets413) {
  const std::string body(11 * 1024 * 1024 / 10, 'x');
  Client client(port());
  EXPECT_EQ(client.Ask(Cat(kChunkedHead, Chunked(body, 8'000))).status, 413);
  EXPECT_TRUE(client.AtEnd());
  // The size alone is enough.
  Client announcing(port());
  EXPECT_EQ(announcing.Ask(Cat(kChunkedHead, "7fffffffffffffff\r\n")).status, 413);
}

// The server must read no more than it says, whoever sends without end.
TEST_F(Limits, AnEndlessChunkedBodyIsCutOff) {
  Client client(port());
  client.Send(kChunkedHead);
  const std::string chunk = Cat("10000\r\n", std::string(0x10000, 'x'), "\r\n");
  std::size_t sent = 0;
  constexpr std::size_t kFarBeyond = 256 * 1024 * 1024;
  while (sent < kFarBeyond && client.Send(chunk)) {
    sent += chunk.size();
  }
  EXPECT_LT(sent, kFarBeyond);
  EXPECT_EQ(Refused("body_too_large"), 1);
  // What was read and thrown away is not counted as received.
  metrics_.WaitFor("mailtrail_http_connections_open{test}", 0);
  EXPECT_LT(metrics_.Value("mailtrail_http_received_bytes_total{test}"), 2 * kBodyBytesMax);
}

TEST_F(Limits, AChunkLineThatDoesNotEndGets400) {
  Client client(port());
  EXPECT_EQ(client.Ask(Cat(kChunkedHead, "5;", std::string(4 * kChunkHeadBytesMax, 'a'))).status,
            400);
  Client trailer(port());
  EXPECT_EQ(
      trailer.Ask(Cat(kChunkedHead, "0\r\nX: ", std::string(4 * kChunkHeadBytesMax, 'a'))).status,
      400);
}

TEST_F(Limits, ABodyThatIsMostlyPaddingGets400) {
  const std::string chunk = Cat("1;", std::string(8'000, 'a'), "\r\nx\r\n");
  std::string bytes(kChunkedHead);
  while (bytes.size() < kBodyWireBytesMax + 64 * 1024) {
    bytes += chunk;
  }
  Client client(port());
  EXPECT_EQ(client.Ask(bytes).status, 400);
  EXPECT_EQ(Refused("malformed"), 1);
}

TEST_F(Limits, OneByteChunksAreLawfulUpToTheLargestBody) {
  Client client(port());
  EXPECT_EQ(client.Ask(Cat(kChunkedHead, Chunked(std::string(kBodyBytesMax, 'x'), 1))).body.size(),
            kBodyBytesMax);
}

TEST_F(Limits, ConnectionsBeyondTheLimitAreTold503AndOthersGoOn) {
  Options options = SmallOptions();
  options.connections_max = 2;
  Restart(options);
  Client first(port());
  Client second(port());
  EXPECT_EQ(first.Ask(Post("/echo", "1")).status, 200);
  EXPECT_EQ(second.Ask(Post("/echo", "2")).status, 200);
  Client third(port());
  const Reply reply = third.Read();
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.headers.at("connection"), "close");
  EXPECT_TRUE(third.AtEnd());
  EXPECT_EQ(Refused("connection_limit"), 1);

  first.Close();
  metrics_.WaitFor("mailtrail_http_connections_open{test}", 1);
  Client fourth(port());
  EXPECT_EQ(fourth.Ask(Post("/echo", "4")).status, 200);
  EXPECT_EQ(second.Ask(Post("/echo", "2")).status, 200);
}

// A load balancer keeps silent for up to 60 s, and must find the connection open after that.
TEST_F(Limits, SilenceOf65SecondsIsBorneAndOf75IsNot) {
  ASSERT_GE(Options().idle_ms, 65'000);
  Client client(port());
  EXPECT_EQ(client.Ask(Post("/echo", "before")).status, 200);
  Witness at_65(port());
  clock_.Advance(65'000);
  at_65.WaitForSweep();
  EXPECT_EQ(client.Ask(Post("/echo", "after")).body, "after");

  Witness at_75(port());
  clock_.Advance(kIdleMs);
  EXPECT_TRUE(client.AtEnd());
  at_75.WaitForSweep();
}

TEST_F(Limits, TheHeadsTimeBeginsWithItsFirstByte) {
  Options options = SmallOptions();
  // By default as long as a head's, so that the one could stand in for the other.
  options.write_ms = 3 * kHeadMs;
  Restart(options);
  Client client(port());
  EXPECT_EQ(client.Ask(Post("/echo", "first")).status, 200);
  Witness witness(port());
  // Longer than a head may take, twice over.
  clock_.Advance(6 * kHeadMs);
  witness.WaitForSweep();
  // The first bytes of the third request come with the second one.
  EXPECT_EQ(client.Ask(Post("/echo", "second") + "POST /echo HT").body, "second");
  // Served by the same thread, later: so the third request has begun.
  const Witness begun(port());
  clock_.Advance(kHeadMs - 1);
  EXPECT_FALSE(client.ReadableWithin(30));
  clock_.Advance(1);
  const Reply reply = client.Read();
  EXPECT_EQ(reply.status, 408);
  EXPECT_EQ(reply.headers.at("connection"), "close");
  EXPECT_EQ(Refused("head_timeout"), 1);
}

TEST_F(Limits, AHeadThatTricklesInGets408) {
  Client client(port());
  client.Send("POST /echo HTTP/1.1\r\n");
  while (!client.ReadableWithin(5)) {
    client.Send("X: y\r\n");
    clock_.Advance(kHeadMs / 10);
  }
  EXPECT_EQ(client.Read().status, 408);
}

TEST_F(Limits, ABodyThatTakesTooLongGets408) {
  Client client(port());
  const std::string head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n";
  EXPECT_EQ(client.Ask(Cat(head, "Expect: 100-continue\r\n\r\n")).status, 100);
  client.Send("half");
  clock_.Advance(kBodyMs - 1);
  EXPECT_FALSE(client.ReadableWithin(30));
  clock_.Advance(1);
  EXPECT_EQ(client.Read().status, 408);
  EXPECT_TRUE(client.AtEnd());
  EXPECT_EQ(Refused("body_timeout"), 1);
}

TEST_F(Limits, AnAnswerThatTakesTooLongIs503WhileSnsStillListens) {
  Client client(port());
  client.Send(Post("/hold", "body"));
  Respond late = held_.Take();
  clock_.Advance(kAnswerMs);
  EXPECT_EQ(client.Read().status, 503);
  EXPECT_EQ(Refused("answer_timeout"), 1);
  late({.body = "too late"});
  EXPECT_EQ(client.Ask(Post("/echo", "next")).body, "next");
}

TEST_F(Limits, AClientThatDoesNotReadItsResponseIsCutOff) {
  Client client(port());
  client.Send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(client.ReadableWithin(20'000));
  clock_.Advance(kWriteMs);
  metrics_.WaitFor("mailtrail_http_connections_open{test}", 0);
  EXPECT_LT(client.Skip(), kBigBytes);
}

TEST_F(Limits, AfterARefusalTheClientHasAMomentToReadIt) {
  Client client(port());
  EXPECT_EQ(client.Ask("nonsense\r\n\r\n").status, 400);
  EXPECT_TRUE(client.AtEnd());
  EXPECT_EQ(Open(), 1);
  clock_.Advance(kLingerMs);
  metrics_.WaitFor("mailtrail_http_connections_open{test}", 0);
}

TEST_F(Limits, AfterARefusalOnlySoMuchIsThrownAway) {
  Client client(port());
  client.Send("nonsense\r\n\r\n");
  const std::string piece(64 * 1024, 'x');
  std::size_t sent = 0;
  constexpr std::size_t kFarBeyond = 32 * kLingerBytesMax;
  while (sent < kFarBeyond && client.Send(piece)) {
    sent += piece.size();
  }
  EXPECT_GE(sent, kLingerBytesMax / 2);
  EXPECT_LT(sent, kFarBeyond);
}

// Without file descriptors nothing can be accepted; the listener waits a moment and goes on.
TEST_F(Limits, ShortageOfFileDescriptorsIsSurvived) {
  Client client;
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const int lowest_free = dup(STDIN_FILENO);
  ASSERT_GE(lowest_free, 0);
  close(lowest_free);
  rlimit none_left = before;
  none_left.rlim_cur = static_cast<rlim_t>(lowest_free);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none_left), 0);
  client.Connect(port());
  logger_.WaitForEvent("http_accept_failed");
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(client.Ask(Post("/echo", "patience")).body, "patience");
}

}  // namespace
}  // namespace mailtrail::ingest::http
