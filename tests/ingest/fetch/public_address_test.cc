#include "ingest/fetch/public_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include "gmock/gmock.h"

namespace mailtrail::ingest {
namespace {

bool IsPublic(const char* text) {
  sockaddr_in v4{.sin_family = AF_INET};
  if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
    return IsPublicAddress(reinterpret_cast<const sockaddr&>(v4));
  }
  sockaddr_in6 v6{.sin6_family = AF_INET6};
  EXPECT_EQ(inet_pton(AF_INET6, text, &v6.sin6_addr), 1) << text;
  return IsPublicAddress(reinterpret_cast<const sockaddr&>(v6));
}

TEST(PublicAddress, IsOneOfTheInternet) {
  for (const char* const text :
       {"1.1.1.1",        "9.255.255.255",        "11.0.0.0",        "52.46.141.33",
        "100.63.255.255", "100.128.0.0",          "126.255.255.255", "128.0.0.1",
        "169.253.0.1",    "172.15.255.255",       "172.32.0.0",      "192.167.1.1",
        "198.17.0.1",     "198.20.0.1",           "223.255.255.255", "2600:1f18::1",
        "2a05:d018::1",   "2001:4860:4860::8888", "::ffff:1.1.1.1",  "64:ff9b::1.1.1.1"}) {
    EXPECT_TRUE(IsPublic(text)) << text;
  }
}

TEST(PublicAddress, IsNoneThatPointsInside) {
  for (const char* const text : {"0.0.0.0",
                                 "0.1.2.3",
                                 "10.0.0.1",
                                 "100.64.0.1",
                                 "100.127.255.255",
                                 "127.0.0.1",
                                 "127.255.255.255",
                                 "169.254.169.254",
                                 "172.16.0.1",
                                 "172.31.255.255",
                                 "192.0.0.8",
                                 "192.0.2.1",
                                 "192.88.99.1",
                                 "192.168.1.1",
                                 "198.18.0.1",
                                 "198.19.255.255",
                                 "198.51.100.1",
                                 "203.0.113.1",
                                 "224.0.0.1",
                                 "240.0.0.1",
                                 "255.255.255.255",
                                 "::",
                                 "::1",
                                 "::7f00:1",
                                 "fe80::1",
                                 "fc00::1",
                                 "fd00:ec2::254",
                                 "ff02::1",
                                 "2001::1",
                                 "2001:db8::1",
                                 "2002:7f00:1::",
                                 "3fff::1",
                                 "::ffff:10.0.0.1",
                                 "64:ff9b::10.0.0.1",
                                 "64:ff9b:1::1.1.1.1",
                                 "4000::1"}) {
    EXPECT_FALSE(IsPublic(text)) << text;
  }
}

TEST(PublicAddress, IsOfTheInternetProtocolsOnly) {
  const sockaddr_un local{.sun_family = AF_UNIX, .sun_path = {}};
  EXPECT_FALSE(IsPublicAddress(reinterpret_cast<const sockaddr&>(local)));
}

}  // namespace
}  // namespace mailtrail::ingest
