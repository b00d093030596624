#pragma once

#include <cstddef>
#include <cstdint>

namespace mailtrail::server::wire {

// Bytes of a request. The largest filter has 32 values of 1 KiB.
inline constexpr int kRequestBytesMax = 1 << 20;
// Bytes of a call's metadata: a token and tracing take some 4 KiB.
inline constexpr int kMetadataBytesMax = 8 << 10;
// Calls at a time on one connection. HTTP/2's own advice, and what bounds a client that leaks.
inline constexpr int kConnectionStreamsMax = 100;
// Streams at a time in all: the thousand watchers that one server is built for, twice. Each may
// hold one batch in flight.
inline constexpr std::size_t kStreamsMax = 2'000;
// Listings that wait for a pump. More than this waited for seconds, and its clients are gone.
inline constexpr std::size_t kPumpQueueMax = 256;
// Threads of gRPC's one blocking service, reflection: a client that holds streams open holds as
// many.
inline constexpr int kBlockingThreadsMax = 16;

// From the connection to the end of TLS and HTTP/2 greetings. gRPC's default is two minutes.
inline constexpr int kHandshakeMs = 10'000;
// A connection that is this old is told to go (GOAWAY), so that clients spread over new servers.
inline constexpr int kConnectionAgeMs = 30 * 60'000;
// A stream ends itself after this, with a status and its cursor. gRPC 1.51 does not tell us when it
// sends GOAWAY, so that every stream of an old connection ends properly only if the grace is longer
// than any stream lives.
inline constexpr std::int64_t kStreamAgeMs = 30 * 60'000;
inline constexpr int kConnectionGraceMs = 31 * 60'000;
static_assert(kConnectionGraceMs > kStreamAgeMs, "streams end before the connection is cut");

// We ping a silent client, and cut it off when it does not answer: else a stream to a machine that
// lost power would live for ever.
inline constexpr int kKeepaliveMs = 20'000;
inline constexpr int kKeepaliveTimeoutMs = 20'000;
// Clients may ping this often, also without calls. Usual clients ping every 20 s or more; one that
// pings faster gets three warnings and ENHANCE_YOUR_CALM.
inline constexpr int kClientPingMs = 10'000;

}  // namespace mailtrail::server::wire
