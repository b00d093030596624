#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace mailtrail::ingest::http {

struct Address {
  // An IPv4 or IPv6 address or a name; empty: IPv6 and IPv4 alike.
  std::string host;
  std::uint16_t port = 0;
};

// Reads HOST:PORT as Options::listen describes it; kInvalidArgument with a sentence otherwise.
[[nodiscard]] absl::StatusOr<Address> ParseAddress(std::string_view text);

// The endpoints to try, best first. kInvalidArgument when a name is unknown.
[[nodiscard]] absl::StatusOr<std::vector<boost::asio::ip::tcp::endpoint>> EndpointsOf(
    boost::asio::io_context& context, const Address& address);

// Listens on the first of `endpoints`, or on the next one where the machine lacks its family.
// IPv6's any-address takes IPv4 too. kUnavailable with one sentence, that begins with `text`,
// otherwise.
[[nodiscard]] absl::StatusOr<boost::asio::ip::tcp::acceptor> OpenAcceptor(
    boost::asio::io_context& context, const std::vector<boost::asio::ip::tcp::endpoint>& endpoints,
    std::string_view text);

}  // namespace mailtrail::ingest::http
