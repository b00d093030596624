#include "ingest/http/address.h"

#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::ingest::http {
namespace {

using boost::asio::ip::make_address;
using boost::asio::ip::tcp;
using test::IsOk;
using test::StatusIs;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using ::testing::Test;

TEST(Address, HostAndPortAreRead) {
  const struct {
    const char* text;
    const char* host;
    std::uint16_t port;
  } rows[] = {
      {"127.0.0.1:8080", "127.0.0.1", 8080},
      {"0.0.0.0:0", "0.0.0.0", 0},
      {"[::]:8080", "::", 8080},
      {"[::1]:65535", "::1", 65535},
      {":80", "", 80},
      {"*:80", "", 80},
      {"localhost:1", "localhost", 1},
  };
  for (const auto& row : rows) {
    MT_ASSERT_OK_AND_ASSIGN(const Address address, ParseAddress(row.text));
    EXPECT_EQ(address.host, row.host) << row.text;
    EXPECT_EQ(address.port, row.port) << row.text;
  }
}

TEST(Address, AnythingElseIsRefusedWithAReason) {
  const struct {
    const char* text;
    const char* reason;
  } rows[] = {
      {"", "port is missing"},           {"8080", "port is missing"},
      {"localhost", "port is missing"},  {"localhost:", "0 to 65535"},
      {"localhost:http", "0 to 65535"},  {"localhost:65536", "0 to 65535"},
      {"localhost:-1", "0 to 65535"},    {"::1:8080", "in brackets"},
      {"[::1]", "0 to 65535"},           {"[127.0.0.1]:80", "hold an IPv6 address"},
      {"[]:80", "hold an IPv6 address"}, {"[::1:80", "in brackets"},
  };
  for (const auto& row : rows) {
    EXPECT_THAT(ParseAddress(row.text),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(row.reason)))
        << row.text;
  }
}

class OpenTest : public Test {
 protected:
  boost::asio::io_context context_;
};

TEST_F(OpenTest, AnEmptyHostMeansBothFamiliesWithIpv4AsTheSecondChoice) {
  MT_ASSERT_OK_AND_ASSIGN(const auto endpoints, EndpointsOf(context_, {.host = "", .port = 80}));
  ASSERT_EQ(endpoints.size(), 2U);
  EXPECT_EQ(endpoints[0], tcp::endpoint(make_address("::"), 80));
  EXPECT_EQ(endpoints[1], tcp::endpoint(make_address("0.0.0.0"), 80));
}

TEST_F(OpenTest, ANameIsLookedUpAndAnUnknownOneIsRefused) {
  MT_ASSERT_OK_AND_ASSIGN(const auto endpoints,
                          EndpointsOf(context_, {.host = "localhost", .port = 80}));
  EXPECT_EQ(endpoints[0], tcp::endpoint(make_address("127.0.0.1"), 80));
  EXPECT_THAT(EndpointsOf(context_, {.host = "no.such.host.invalid", .port = 80}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("write an address")));
}

TEST_F(OpenTest, Ipv6sAnyAddressTakesIpv4ClientsToo) {
  auto acceptor = OpenAcceptor(context_, {tcp::endpoint(make_address("::"), 0)}, "[::]:0");
  if (!acceptor.ok()) {  // A machine without IPv6 says so, and has no such clients.
    EXPECT_THAT(acceptor.status().message(), HasSubstr("[::]:0"));
    return;
  }
  tcp::socket socket(context_);
  boost::system::error_code ec;
  socket.connect({make_address("127.0.0.1"), acceptor->local_endpoint().port()}, ec);
  EXPECT_FALSE(ec) << ec.message();
}

// 2001:db8::/32 belongs to nobody; binding it fails as any IPv6 address does where IPv6 is off.
TEST_F(OpenTest, WhereTheFirstFamilyIsMissingTheNextOneIsTaken) {
  const auto acceptor = OpenAcceptor(
      context_,
      {tcp::endpoint(make_address("2001:db8::1"), 0), tcp::endpoint(make_address("127.0.0.1"), 0)},
      ":0");
  ASSERT_OK(acceptor);
  EXPECT_EQ(acceptor->local_endpoint().address(), make_address("127.0.0.1"));
}

TEST_F(OpenTest, AnAddressInUseIsOneSentenceAndNoFallback) {
  const auto first =
      OpenAcceptor(context_, {tcp::endpoint(make_address("127.0.0.1"), 0)}, "127.0.0.1:0");
  ASSERT_OK(first);
  const std::uint16_t port = first->local_endpoint().port();
  EXPECT_THAT(OpenAcceptor(context_,
                           {tcp::endpoint(make_address("127.0.0.1"), port),
                            tcp::endpoint(make_address("127.0.0.2"), port)},
                           "127.0.0.1:7"),
              StatusIs(absl::StatusCode::kUnavailable,
                       "cannot listen on 127.0.0.1:7: the address is in use; stop the program that "
                       "listens there, or choose another port"));
}

TEST_F(OpenTest, AForeignAddressIsOneSentence) {
  EXPECT_THAT(OpenAcceptor(context_, {tcp::endpoint(make_address("192.0.2.1"), 0)}, "192.0.2.1:0"),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("does not have the address")));
}

}  // namespace
}  // namespace mailtrail::ingest::http
