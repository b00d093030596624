// What two HTTP parsers could read differently is refused, and the connection with it: no byte
// after it may ever be taken for a request.

#include <random>
#include <string>

#include "gmock/gmock.h"
#include "storage/base/text.h"
#include "tests/ingest/http/fixture.h"

namespace mailtrail::ingest::http {
namespace {

using namespace std::string_literals;
using ::testing::Contains;

using Malformed = HttpTest;

struct Row {
  const char* what;
  // Followed by a good request that must not be answered.
  std::string bytes;
};

const std::string kHead = "POST /echo HTTP/1.1\r\nHost: a\r\n";
const std::string kChunkedHead = kHead + "Transfer-Encoding: chunked\r\n\r\n";

std::vector<Row> Rows() {
  return {
      {"length and chunks",
       kHead + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"chunks and length",
       kHead + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"},
      {"two lengths", kHead + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"},
      {"the same length twice", kHead + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"},
      {"a list of lengths", kHead + "Content-Length: 5, 5\r\n\r\nhello"},
      {"a length with a sign", kHead + "Content-Length: +5\r\n\r\nhello"},
      {"a negative length", kHead + "Content-Length: -5\r\n\r\nhello"},
      {"a hexadecimal length", kHead + "Content-Length: 0x5\r\n\r\nhello"},
      {"an empty length", kHead + "Content-Length: \r\n\r\nhello"},
      {"a length over 64 bits", kHead + "Content-Length: 18446744073709551621\r\n\r\nhello"},
      {"chunked twice",
       kHead + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"chunked not last", kHead + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"},
      {"chunked after another", kHead + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"},
      {"an encoding that looks like chunked",
       kHead + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"},
      {"an encoding hidden by a vertical tab",
       kHead + "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n"},
      {"an empty encoding", kHead + "Transfer-Encoding:\r\n\r\n0\r\n\r\n"},
      {"chunks in HTTP/1.0", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"a folded field", kHead + "X: a\r\n b\r\nContent-Length: 0\r\n\r\n"},
      {"a field folded with a tab", kHead + "X: a\r\n\tb\r\nContent-Length: 0\r\n\r\n"},
      {"a fold before the first field", "POST /echo HTTP/1.1\r\n Host: a\r\n\r\n"},
      {"line feeds alone", "POST /echo HTTP/1.1\nHost: a\nContent-Length: 0\n\n"},
      {"one line feed alone", "POST /echo HTTP/1.1\r\nHost: a\nContent-Length: 0\r\n\r\n"},
      {"a carriage return alone", kHead + "X: a\rContent-Length: 5\r\n\r\n"},
      {"a NUL in a value", kHead + "X: a\0b\r\n\r\n"s},
      {"a NUL in the target", "POST /e\0cho HTTP/1.1\r\nHost: a\r\n\r\n"s},
      {"a control character in a value", kHead + "X: a\x01\r\n\r\n"},
      {"a space before the colon", kHead + "Content-Length : 5\r\n\r\nhello"},
      {"no colon", kHead + "Content-Length 5\r\n\r\nhello"},
      {"an empty name", kHead + ": x\r\n\r\n"},
      {"a name in foreign letters", kHead + "X\xc3\xa4: x\r\n\r\n"},
      {"a target in foreign letters", "POST /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"no target", "POST HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"two spaces", "POST  /echo HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"a space behind the version", "POST /echo HTTP/1.1 \r\nHost: a\r\n\r\n"},
      {"HTTP/0.9", "POST /echo\r\n\r\n"},
      {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
      {"a version of two digits", "POST /echo HTTP/1.10\r\nHost: a\r\n\r\n"},
      {"TLS", "\x16\x03\x01\r\n\r\n"},
      {"two empty lines first", "\r\n\r\nPOST /echo HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"no host", "POST /echo HTTP/1.1\r\nContent-Length: 0\r\n\r\n"},
      {"two hosts", kHead + "Host: b\r\n\r\n"},
      {"a chunk size that is no number", kChunkedHead + "zz\r\n\r\n0\r\n\r\n"},
      {"a chunk size with a sign", kChunkedHead + "+5\r\nhello\r\n0\r\n\r\n"},
      {"a negative chunk size", kChunkedHead + "-5\r\nhello\r\n0\r\n\r\n"},
      {"a chunk size with 0x", kChunkedHead + "0x5\r\nhello\r\n0\r\n\r\n"},
      {"no chunk size", kChunkedHead + "\r\nhello\r\n0\r\n\r\n"},
      {"a chunk size over 64 bits", kChunkedHead + "10000000000000005\r\nhello\r\n0\r\n\r\n"},
      {"a chunk longer than its size", kChunkedHead + "4\r\nhello\r\n0\r\n\r\n"},
      {"a chunk line with a line feed alone", kChunkedHead + "5\nhello\r\n0\r\n\r\n"},
      {"a line feed hidden in an extension", kChunkedHead + "5;a=\"\n\"\r\nhello\r\n0\r\n\r\n"},
      {"an extension without a name", kChunkedHead + "5;=\r\nhello\r\n0\r\n\r\n"},
      {"a length in the trailer", kChunkedHead + "0\r\nContent-Length: 3\r\n\r\n"},
      {"an encoding in the trailer", kChunkedHead + "0\r\nTransfer-Encoding: chunked\r\n\r\n"},
      {"a line feed alone in the trailer", kChunkedHead + "0\r\nX: a\nY: b\r\n\r\n"},
  };
}

TEST_F(Malformed, EachKindGets400AndTheConnectionIsClosed) {
  for (const Row& row : Rows()) {
    SCOPED_TRACE(row.what);
    Client client(port());
    const double before = Refused("malformed");
    const int handled = echoed_;
    Reply reply = client.Ask(row.bytes + Post("/echo", "smuggled"));
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.headers["connection"], "close");
    EXPECT_TRUE(client.AtEnd());
    EXPECT_EQ(echoed_, handled);
    EXPECT_EQ(Refused("malformed"), before + 1);
  }
  EXPECT_THAT(logger_.Lines(), Contains("http_refused test malformed"));
}

// Whatever a byte is turned into: the server lives, and a body that it does take is never the good
// request that follows with something of the first in it.
TEST_F(Malformed, RandomlyBrokenRequestsNeverMixWithTheNextOne) {
  std::mt19937 random(11);
  const std::string good = kChunkedHead + Chunked("abcdefghij", 3);
  const std::string next = Post("/echo", "next");
  for (int round = 0; round < 600; ++round) {
    std::string bytes = good;
    for (unsigned i = 0; i <= random() % 2; ++i) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    Client client(port());
    client.Send(bytes + next);
    // Ends a read that would wait for more.
    client.CloseSend();
    for (Reply reply = client.Read(); reply.status != 0; reply = client.Read()) {
      if (reply.status == 200) {
        EXPECT_TRUE(reply.body == "next" || reply.body.size() <= 10) << bytes;
      }
    }
  }
  Client client(port());
  EXPECT_EQ(client.Ask(next).body, "next");
}

}  // namespace
}  // namespace mailtrail::ingest::http
