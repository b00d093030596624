// Well-formed requests, in all the ways that SNS, proxies and old clients send them.

#include <random>

#include "gmock/gmock.h"
#include "storage/base/text.h"
#include "tests/ingest/http/fixture.h"

namespace mailtrail::ingest::http {
namespace {

using ::testing::Contains;
using ::testing::Key;
using ::testing::Not;

using Requests = HttpTest;

TEST_F(Requests, APostIsAnsweredWithWhatTheHandlerSays) {
  Client client(port());
  const Reply reply = client.Ask(Post("/echo", "hello"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "hello");
  EXPECT_EQ(reply.headers.at("date"), "Fri, 20 Nov 2026 10:00:00 GMT");
  EXPECT_EQ(reply.headers.at("content-type"), "text/plain; charset=utf-8");
  EXPECT_THAT(reply.headers, Not(Contains(Key("connection"))));
}

TEST_F(Requests, AConnectionServesOneRequestAfterAnother) {
  Client client(port());
  for (int i = 0; i < 20; ++i) {
    const Reply reply = client.Ask(Post("/echo", Cat("body ", i)));
    ASSERT_EQ(reply.status, 200);
    ASSERT_EQ(reply.body, Cat("body ", i));
  }
  EXPECT_EQ(metrics_.Value("mailtrail_http_connections_total{test}"), 1);
  EXPECT_EQ(metrics_.Value("mailtrail_http_requests_total{test,200}"), 20);
}

TEST_F(Requests, PipelinedRequestsAreAnsweredInTheirOrder) {
  Client client(port());
  std::string bytes;
  for (int i = 0; i < 100; ++i) {
    bytes += Post("/echo", Cat("body ", i));
  }
  client.Send(bytes);
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(client.Read().body, Cat("body ", i));
  }
  EXPECT_EQ(metrics_.Value("mailtrail_http_received_bytes_total{test}"),
            static_cast<double>(bytes.size()));
}

TEST_F(Requests, ARequestMayComeByteByByte) {
  Client client(port());
  for (const char byte : Post("/echo", "slow")) {
    ASSERT_TRUE(client.Send(std::string_view(&byte, 1)));
  }
  EXPECT_EQ(client.Read().body, "slow");
}

TEST_F(Requests, AnEmptyLineBeforeARequestIsSkipped) {
  Client client(port());
  EXPECT_EQ(client.Ask(Cat("\r\n", Post("/echo", "a"))).body, "a");
  EXPECT_EQ(client.Ask(Cat("\r\n", Post("/echo", "b"))).body, "b");
}

TEST_F(Requests, AnyContentTypeIsTaken) {
  for (const std::string_view type :
       {"text/plain; charset=UTF-8", "application/json", "multipart/form-data", "", "???"}) {
    Client client(port());
    EXPECT_EQ(client
                  .Ask(Cat("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: ", type,
                           "\r\nContent-Length: 2\r\n\r\n{}"))
                  .body,
              "{}")
        << type;
  }
}

TEST_F(Requests, AHandlerSeesTheHeaderFieldsInAnyCase) {
  Client client(port());
  EXPECT_EQ(
      client.Ask("POST /header HTTP/1.1\r\nhost: a\r\nx-ask:  what? \r\nX-Ask: no\r\n\r\n").body,
      "what?");
  EXPECT_EQ(client.Ask("POST /header HTTP/1.1\r\nHost: a\r\n\r\n").body, "");
}

// Proxies and tunnels turn a length into chunks; SNS's largest message, escaped, is about 480 KB.
TEST_F(Requests, AChunkedBodyOf480KilobytesWithExtensionsAndATrailerIsTaken) {
  std::string body;
  while (body.size() < 480'000) {
    body += "\\\"\\n";
  }
  std::string chunks;
  for (std::size_t at = 0; at < body.size(); at += 10'000) {
    chunks += Cat("2710;name=\"quoted; value\";flag\r\n", body.substr(at, 10'000), "\r\n");
  }
  Client client(port());
  const Reply reply = client.Ask(
      Cat("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n",
          chunks, "0;last\r\nX-Sum: 12\r\nContent-Encoding: gzip\r\n\r\n"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(reply.body == body);
  EXPECT_EQ(client.Ask(Post("/echo", "next")).body, "next");
}

TEST_F(Requests, ATrailerFieldIsNoHeaderField) {
  Client client(port());
  EXPECT_EQ(client
                .Ask("POST /header HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "0\r\nX-Ask: smuggled\r\n\r\n")
                .body,
            "");
}

TEST_F(Requests, ChunksAndPiecesOfAnySizesAreOneBody) {
  std::mt19937 random(7);
  for (int round = 0; round < 30; ++round) {
    Client client(port());
    std::string body(random() % 5'000, ' ');
    for (char& c : body) {
      c = static_cast<char>(random());
    }
    std::string bytes = Cat("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n",
                            Chunked(body, 1 + random() % 700), Post("/echo", "next"));
    while (!bytes.empty()) {
      const std::size_t piece = std::min<std::size_t>(bytes.size(), 1 + random() % 900);
      ASSERT_TRUE(client.Send(std::string_view(bytes).substr(0, piece)));
      bytes.erase(0, piece);
    }
    ASSERT_TRUE(client.Read().body == body) << "round " << round;
    ASSERT_EQ(client.Read().body, "next");
  }
}

TEST_F(Requests, Http10ClosesUnlessAskedToKeepTheConnection) {
  Client closing(port());
  const Reply last = closing.Ask("POST /echo HTTP/1.0\r\nContent-Length: 3\r\n\r\nold");
  EXPECT_EQ(last.body, "old");
  EXPECT_EQ(last.headers.at("connection"), "close");
  EXPECT_TRUE(closing.AtEnd());

  Client keeping(port());
  const std::string kept =
      "POST /echo HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nold";
  EXPECT_EQ(keeping.Ask(kept).headers.at("connection"), "keep-alive");
  EXPECT_EQ(keeping.Ask(kept).body, "old");
}

TEST_F(Requests, Http10WithoutALengthHasNoBodyAndItsBytesAreNoRequest) {
  Client client(port());
  const Reply reply = client.Ask(
      Cat("POST /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", Post("/echo", "smuggled")));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(reply.headers.at("connection"), "close");
  EXPECT_TRUE(client.AtEnd());
  EXPECT_EQ(echoed_, 1);
}

TEST_F(Requests, ConnectionCloseIsObeyed) {
  Client client(port());
  const Reply reply = client.Ask("GET /alive HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n");
  EXPECT_EQ(reply.body, "alive\n");
  EXPECT_EQ(reply.headers.at("connection"), "close");
  EXPECT_TRUE(client.AtEnd());
}

TEST_F(Requests, ABodyThatWaitsForLeaveGetsIt) {
  Client client(port());
  const Reply leave = client.Ask(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-Continue\r\n\r\n");
  EXPECT_EQ(leave.status, 100);
  EXPECT_EQ(client.Ask("body").body, "body");
}

TEST_F(Requests, ABodyThatDidNotWaitGetsNoLeave) {
  Client client(port());
  const Reply reply = client.Ask(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\nbody");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "body");
}

TEST_F(Requests, ABodyThatWaitsForLeaveIsRefusedBeforeItIsSent) {
  Client client(port());
  const Reply large = client.Ask(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000000\r\nExpect: "
      "100-continue\r\n\r\n");
  EXPECT_EQ(large.status, 413);
  Client other(port());
  const Reply strange =
      other.Ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 200-ok\r\n\r\n");
  EXPECT_EQ(strange.status, 417);
  EXPECT_EQ(Refused("expectation"), 1);
}

TEST_F(Requests, HeadIsAnsweredAsGetWithoutTheBody) {
  Client client(port());
  client.Send("HEAD /alive HTTP/1.1\r\nHost: a\r\n\r\n");
  const Reply reply = client.Read(Expected::kNoBody);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.headers.at("content-length"), "6");
  EXPECT_EQ(client.Ask("GET /alive?x=y HTTP/1.1\r\nHost: a\r\n\r\n").body, "alive\n");
}

TEST_F(Requests, AnUnknownPathGets404AndKeepsTheConnectionWhenThereIsNoBody) {
  Client client(port());
  EXPECT_EQ(client.Ask("GET /else HTTP/1.1\r\nHost: a\r\n\r\n").status, 404);
  EXPECT_EQ(client.Ask(Post("/echo", "still here")).body, "still here");
  const Reply with_body = client.Ask(Post("/else", "body"));
  EXPECT_EQ(with_body.status, 404);
  EXPECT_EQ(with_body.headers.at("connection"), "close");
  EXPECT_TRUE(client.AtEnd());
  EXPECT_EQ(Refused("unknown_path"), 2);
}

TEST_F(Requests, AWrongMethodGets405WithTheRightOnes) {
  Client client(port());
  const Reply get = client.Ask("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(get.status, 405);
  EXPECT_EQ(get.headers.at("allow"), "POST");
  const Reply put = client.Ask("DELETE /alive HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(put.status, 405);
  EXPECT_EQ(put.headers.at("allow"), "GET, HEAD");
  EXPECT_EQ(Refused("method_not_allowed"), 2);
}

TEST_F(Requests, AnEncodedBodyGets415) {
  Client client(port());
  const Reply reply = client.Ask(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: "
      "2\r\n\r\n\x1f\x8b");
  EXPECT_EQ(reply.status, 415);
  EXPECT_EQ(reply.headers.at("accept-encoding"), "identity");
  Client plain(port());
  EXPECT_EQ(plain
                .Ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Encoding: identity\r\n"
                     "Content-Length: 2\r\n\r\nok")
                .body,
            "ok");
  EXPECT_EQ(Refused("content_encoding"), 1);
}

}  // namespace
}  // namespace mailtrail::ingest::http
