#pragma once

// What the HTTP listener allows, each with unit and reason. Times are the defaults of Options.

#include <cstddef>
#include <cstdint>

namespace mailtrail::ingest::http {

// --- Facts of the surroundings that the limits are held against. ---------------------------------

// SNS gives up on an answer after 15 s and tries again (SNS developer guide, "Prepare your
// endpoint").
inline constexpr std::int64_t kSnsPatienceMs = 15'000;
// An SNS message is at most 256 KiB; escaping quotes and newlines doubles a body made of them.
inline constexpr std::size_t kSnsMessageBytesMax = 256 * 1024;
// What AWS's load balancers wait by default before they close an idle connection.
inline constexpr std::int64_t kLoadBalancerIdleMs = 60'000;

// --- Sizes.
// ---------------------------------------------------------------------------------------

// Request line and header fields with their blank line. SNS sends about 700 bytes, proxies add
// some.
inline constexpr std::size_t kHeadBytesMax = 16 * 1024;
// Fields in a head; SNS sends a dozen. Bounds the work on a head of many tiny fields.
inline constexpr std::size_t kHeaderFieldsMax = 100;
// A decoded body: the largest escaped SNS message and its envelope, with room.
inline constexpr std::size_t kBodyBytesMax = 1024 * 1024;
// A body as sent. One-byte chunks cost six bytes for one; more than that is padding, such as
// endless chunk extensions.
inline constexpr std::size_t kBodyWireBytesMax = 8 * 1024 * 1024;
// The line that opens a chunk, or all trailer fields: what must be in memory at once to be read.
inline constexpr std::size_t kChunkHeadBytesMax = 16 * 1024;
// One read from a socket; with kHeadBytesMax it bounds a connection's input buffer.
inline constexpr std::size_t kReadBytes = 16 * 1024;
// What is read and thrown away after a refusal, so that the client gets to read it.
inline constexpr std::size_t kLingerBytesMax = 8 * 1024 * 1024;
// Open connections of one listener, about 20 KiB each when idle. SNS keeps some dozens.
inline constexpr std::size_t kConnectionsMax = 1'024;
// Connections that the kernel holds until they are accepted.
inline constexpr int kBacklog = 1'024;

// --- Times, in milliseconds.
// ----------------------------------------------------------------------

// Silence between requests. Longer than a load balancer's, or it sends a request into a connection
// that is just being closed, and its sender sees a 502.
inline constexpr std::int64_t kIdleMs = 75'000;
// From a request's first byte to the end of its head.
inline constexpr std::int64_t kHeadMs = 10'000;
// From the end of the head to the end of the body.
inline constexpr std::int64_t kBodyMs = 15'000;
// From the complete request to the handler's answer: while SNS still listens.
inline constexpr std::int64_t kAnswerMs = 14'000;
// To write a whole response to a client that reads slowly.
inline constexpr std::int64_t kWriteMs = 10'000;
// To read a refusal, after which the connection is cut.
inline constexpr std::int64_t kLingerMs = 2'000;
// How often overdue connections are looked for: the resolution of all times above.
inline constexpr std::int64_t kSweepMs = 250;
// Pause when a connection could not be accepted (no file descriptors): it would fail at once again.
inline constexpr std::int64_t kAcceptPauseMs = 100;

static_assert(kIdleMs > kLoadBalancerIdleMs + kSweepMs, "the load balancer must close first");
static_assert(kAnswerMs + kSweepMs < kSnsPatienceMs, "a late 503 would reach nobody");
static_assert(kBodyBytesMax >= 2 * kSnsMessageBytesMax + kHeadBytesMax,
              "every message that SNS can send must fit");
static_assert(kBodyWireBytesMax >= 6 * kBodyBytesMax, "one-byte chunks are lawful");
static_assert(kReadBytes >= 1'024 && kReadBytes <= kBodyBytesMax);

}  // namespace mailtrail::ingest::http
