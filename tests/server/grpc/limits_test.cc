// What the server does not put up with.

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/grpc/limits.h"
#include "tests/server/grpc/grpc_world.h"
#include "tests/server/grpc/raw_call.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

using server::wire::Options;
using server::wire::Server;
using ::testing::AllOf;
using ::testing::HasSubstr;

// HTTP/2 in clear, byte by byte.
class RawHttp2 {
 public:
  explicit RawHttp2(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    SendFrame(kSettings, "");
  }
  ~RawHttp2() { ::close(socket_); }
  RawHttp2(const RawHttp2&) = delete;
  RawHttp2& operator=(const RawHttp2&) = delete;

  static constexpr char kSettings = 4;
  static constexpr char kPing = 6;
  static constexpr char kGoAway = 7;

  void SendFrame(char type, const std::string& payload) {
    std::string frame{0, 0, static_cast<char>(payload.size()), type, 0, 0, 0, 0, 0};
    Send(frame + payload);
  }
  // Reads frames until one of this type; its payload, or "closed".
  std::string ReadUntil(char type) {
    while (true) {
      const std::string head = Receive(9);
      if (head.size() < 9) return "closed";
      const std::size_t size = (static_cast<std::uint8_t>(head[0]) << 16) |
                               (static_cast<std::uint8_t>(head[1]) << 8) |
                               static_cast<std::uint8_t>(head[2]);
      const std::string payload = Receive(size);
      if (head[3] == type) return payload;
    }
  }

 private:
  void Send(const std::string& bytes) {
    (void)::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  std::string Receive(std::size_t bytes) {
    std::string received;
    std::array<char, 4'096> buffer{};
    while (received.size() < bytes) {
      const ssize_t got =
          ::recv(socket_, buffer.data(), std::min(buffer.size(), bytes - received.size()), 0);
      if (got <= 0) break;
      received.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return received;
  }

  int socket_;
};

TEST(GrpcLimits, ASecondServerDoesNotGetThePort) {
  GrpcWorld world;
  const auto second = Server::Start(
      {.listen = world.address()},
      {.shared = world.api().shared(), .metrics = world.metrics(), .logger = world.logger()});
  EXPECT_THAT(second, StatusIs(absl::StatusCode::kUnavailable,
                               AllOf(HasSubstr(world.address()), HasSubstr("in use"))));
}

TEST(GrpcLimits, AnAddressThatIsNoneEndsInASentence) {
  GrpcWorld world;
  const auto server = Server::Start(
      {.listen = "no-such-host.invalid:1"},
      {.shared = world.api().shared(), .metrics = world.metrics(), .logger = world.logger()});
  EXPECT_THAT(server, StatusIs(absl::StatusCode::kUnavailable, HasSubstr("no-such-host.invalid")));
}

TEST(GrpcLimits, ARequestOverAMegabyteIsRefused) {
  GrpcWorld world;
  const RawAnswer answer = CallRaw(world.channel(), "/mailtrail.v1.EventService/ListEvents",
                                   std::string(server::wire::kRequestBytesMax + 1, 'x'));
  EXPECT_EQ(Outcome(answer.status), "RESOURCE_EXHAUSTED");
}

TEST(GrpcLimits, MetadataOverEightKilobytesIsRefused) {
  GrpcWorld world;
  ::grpc::ClientContext context;
  context.AddMetadata("x-much", std::string(server::wire::kMetadataBytesMax + 1, 'x'));
  v1::GetEventResponse response;
  const auto status = v1::EventService::NewStub(world.channel())->GetEvent(&context, {}, &response);
  EXPECT_EQ(status.error_code(), ::grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST(GrpcLimits, AConnectionHasAHundredStreams) {
  GrpcWorld world;
  RawHttp2 connection(world.server().port());
  const std::string settings = connection.ReadUntil(RawHttp2::kSettings);
  // MAX_CONCURRENT_STREAMS is setting 3.
  EXPECT_THAT(settings, HasSubstr(std::string("\x00\x03\x00\x00\x00\x64", 6)));
}

TEST(GrpcLimits, PingsThatComeTooFastEndTheConnection) {
  GrpcWorld world;
  RawHttp2 connection(world.server().port());
  for (int i = 0; i < 10; ++i) connection.SendFrame(RawHttp2::kPing, "12345678");
  const std::string goaway = connection.ReadUntil(RawHttp2::kGoAway);
  // ENHANCE_YOUR_CALM is 11.
  EXPECT_THAT(goaway,
              AllOf(HasSubstr(std::string("\x00\x00\x00\x0b", 4)), HasSubstr("too_many_pings")));
  static_assert(server::wire::kClientPingMs < 20'000, "usual clients ping every 20 s");
}

TEST(GrpcLimits, OnePingWithoutCallsIsAnswered) {
  GrpcWorld world;
  RawHttp2 connection(world.server().port());
  connection.SendFrame(RawHttp2::kPing, "12345678");
  EXPECT_EQ(connection.ReadUntil(RawHttp2::kPing), "12345678");
}

}  // namespace
}  // namespace mailtrail::test
