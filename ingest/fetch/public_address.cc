#include "ingest/fetch/public_address.h"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>

namespace mailtrail::ingest {
namespace {

using Bytes = std::span<const std::uint8_t>;

struct Block {
  std::array<std::uint8_t, 16> prefix;
  int bits;
};

// IANA's special-purpose registry for IPv4, and multicast and what is above it.
constexpr std::array kReservedV4 = {
    Block{{0}, 8},              // This network.
    Block{{10}, 8},             // Private.
    Block{{100, 64}, 10},       // Shared by carriers.
    Block{{127}, 8},            // Loopback.
    Block{{169, 254}, 16},      // Link-local.
    Block{{172, 16}, 12},       // Private.
    Block{{192, 0, 0}, 24},     // Protocol assignments.
    Block{{192, 0, 2}, 24},     // Documentation.
    Block{{192, 88, 99}, 24},   // Old 6to4 relays.
    Block{{192, 168}, 16},      // Private.
    Block{{198, 18}, 15},       // Benchmarks.
    Block{{198, 51, 100}, 24},  // Documentation.
    Block{{203, 0, 113}, 24},   // Documentation.
    Block{{224}, 3},            // Multicast, reserved, broadcast.
};

// Global unicast is 2000::/3; these parts of it are not.
constexpr Block kGlobalV6 = {{0x20}, 3};
constexpr std::array kReservedV6 = {
    Block{{0x20, 0x01, 0x00}, 23},        // Protocol assignments, Teredo among them.
    Block{{0x20, 0x01, 0x0D, 0xB8}, 32},  // Documentation.
    Block{{0x20, 0x02}, 16},              // 6to4.
    Block{{0x3F, 0xFF, 0x00}, 20},        // Documentation.
};

// IPv6 prefixes of 96 bits behind which an IPv4 address stands.
constexpr std::array kCarriersOfV4 = {
    Block{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 96},  // Mapped.
    Block{{0x00, 0x64, 0xFF, 0x9B}, 96},                    // NAT64.
};

bool IsIn(Bytes address, const Block& block) {
  for (int bit = 0; bit < block.bits; ++bit) {
    const auto byte = static_cast<std::size_t>(bit / 8);
    const int mask = 0x80 >> (bit % 8);
    if ((address[byte] & mask) != (block.prefix.at(byte) & mask)) return false;
  }
  return true;
}

bool IsPublicV4(Bytes address) {
  return std::ranges::none_of(kReservedV4,
                              [&](const Block& block) { return IsIn(address, block); });
}

bool IsPublicV6(Bytes address) {
  for (const Block& carrier : kCarriersOfV4) {
    if (IsIn(address, carrier)) return IsPublicV4(address.last(4));
  }
  return IsIn(address, kGlobalV6) && std::ranges::none_of(kReservedV6, [&](const Block& block) {
           return IsIn(address, block);
         });
}

}  // namespace

bool IsPublicAddress(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    std::array<std::uint8_t, 4> bytes{};
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in&>(address).sin_addr,
                bytes.size());
    return IsPublicV4(bytes);
  }
  if (address.sa_family == AF_INET6) {
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr,
                bytes.size());
    return IsPublicV6(bytes);
  }
  return false;
}

}  // namespace mailtrail::ingest
