#include "ingest/http/address.h"

#include <boost/asio/ip/v6_only.hpp>
#include <charconv>
#include <optional>
#include <utility>

#include "ingest/http/limits.h"
#include "storage/base/status.h"

namespace mailtrail::ingest::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

absl::Status BadAddress(std::string_view text, std::string_view why) {
  return MakeStatus(absl::StatusCode::kInvalidArgument, "'", text,
                    "' is no HOST:PORT to listen on: ", why);
}

std::optional<std::uint16_t> ParsePort(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return port;
}

error_code Open(tcp::acceptor& acceptor, const tcp::endpoint& endpoint) {
  error_code ec;
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) {
    // Takes a port whose old connections linger in TIME_WAIT; never one that somebody listens on.
    acceptor.set_option(asio::socket_base::reuse_address(true), ec);
  }
  if (!ec && endpoint.address().is_v6()) {
    acceptor.set_option(asio::ip::v6_only(!endpoint.address().is_unspecified()), ec);
  }
  if (!ec) {
    acceptor.bind(endpoint, ec);
  }
  if (!ec) {
    acceptor.listen(kBacklog, ec);
  }
  return ec;
}

bool FamilyIsMissing(const error_code& ec) {
  return ec == asio::error::address_family_not_supported ||
         ec == boost::system::errc::address_not_available;
}

std::string Explain(const error_code& ec) {
  if (ec == asio::error::address_in_use) {
    return "the address is in use; stop the program that listens there, or choose another port";
  }
  if (ec == asio::error::access_denied) {
    return "not permitted; ports below 1024 need a privilege, choose a higher one";
  }
  if (ec == boost::system::errc::address_not_available) {
    return "this machine does not have the address; choose one of its own, or leave the host empty";
  }
  return ec.message();
}

}  // namespace

absl::StatusOr<Address> ParseAddress(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) {
    return BadAddress(text, "the port is missing");
  }
  const std::optional<std::uint16_t> port = ParsePort(text.substr(colon + 1));
  if (!port) {
    return BadAddress(text, "the port must be a number from 0 to 65535");
  }
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
    error_code ec;
    asio::ip::make_address_v6(std::string(host), ec);
    if (ec) {
      return BadAddress(text, "the brackets must hold an IPv6 address");
    }
  } else if (host.find_first_of(":[]") != std::string_view::npos) {
    return BadAddress(text, "an IPv6 address is written in brackets, as in [::1]:8080");
  }
  return Address{.host = std::string(host == "*" ? "" : host), .port = *port};
}

absl::StatusOr<std::vector<tcp::endpoint>> EndpointsOf(asio::io_context& context,
                                                       const Address& address) {
  if (address.host.empty()) {
    return std::vector<tcp::endpoint>{{asio::ip::address_v6::any(), address.port},
                                      {asio::ip::address_v4::any(), address.port}};
  }
  error_code ec;
  const asio::ip::address literal = asio::ip::make_address(address.host, ec);
  if (!ec) {
    return std::vector<tcp::endpoint>{{literal, address.port}};
  }
  tcp::resolver resolver(context);
  std::vector<tcp::endpoint> found;
  for (const auto& result : resolver.resolve(address.host, "", ec)) {
    // IPv4 first: it is what a client of a name like localhost is likeliest to try.
    const tcp::endpoint endpoint(result.endpoint().address(), address.port);
    found.insert(endpoint.address().is_v4() ? found.begin() : found.end(), endpoint);
  }
  if (found.empty()) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "cannot listen on ", address.host,
                      ": no machine of that name is known; write an address");
  }
  return found;
}

absl::StatusOr<tcp::acceptor> OpenAcceptor(asio::io_context& context,
                                           const std::vector<tcp::endpoint>& endpoints,
                                           std::string_view text) {
  error_code ec;
  for (const tcp::endpoint& endpoint : endpoints) {
    tcp::acceptor acceptor(context);
    ec = Open(acceptor, endpoint);
    if (!ec) {
      return acceptor;
    }
    if (!FamilyIsMissing(ec)) {
      break;
    }
  }
  return MakeStatus(absl::StatusCode::kUnavailable, "cannot listen on ", text, ": ", Explain(ec));
}

}  // namespace mailtrail::ingest::http
