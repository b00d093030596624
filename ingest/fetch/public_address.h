#pragma once

#include <sys/socket.h>

namespace mailtrail::ingest {

// Whether an address is one of the public Internet: not loopback, link-local (where clouds keep
// their instance metadata), private, shared, multicast, documentation or otherwise reserved. IPv6
// addresses that carry an IPv4 address (mapped, NAT64) are judged by it. False for other families.
[[nodiscard]] bool IsPublicAddress(const sockaddr& address);

}  // namespace mailtrail::ingest
