#pragma once

// Every limit of this module, with its unit and its reason.

#include <cstddef>
#include <cstdint>

#include "storage/base/time.h"

namespace mailtrail::ingest::sns {

// Bytes of a push. SNS messages end at 256 KiB; escaped as JSON they can be twice that and more.
inline constexpr std::size_t kBodyBytesMax = std::size_t{1} << 20;
// How deep objects and arrays of an envelope may nest. SNS's own nest 3 deep (MessageAttributes).
inline constexpr std::size_t kEnvelopeDepthMax = 16;
// Members of an envelope. SNS's have at most 13; duplicates are found by comparing all pairs.
inline constexpr std::size_t kEnvelopeMembersMax = 64;

// Characters of a Subject: SNS's own limit.
inline constexpr std::size_t kSubjectCharactersMax = 100;
// Characters of a Token. Real ones have up to some 300.
inline constexpr std::size_t kTokenCharactersMax = 1024;
// Characters of a SubscribeURL: a topic's ARN, a Token and 80 more.
inline constexpr std::size_t kSubscribeUrlCharactersMax = 2048;
// Characters of a topic's name: SNS's own limit.
inline constexpr std::size_t kTopicNameCharactersMax = 256;
// Bytes of a signature, before its certificate is known: moduli of 512 to 8192 bits.
inline constexpr std::size_t kSignatureBytesMin = 64;
inline constexpr std::size_t kSignatureBytesMax = 1024;

// Characters of a source's name; it is a metric label.
inline constexpr std::size_t kSourceNameCharactersMax = 64;

// Bytes of a certificate's PEM text. Real ones have about 2 KiB.
inline constexpr std::size_t kCertificateBytesMax = std::size_t{16} << 10;
// Bits of a certificate's RSA key.
inline constexpr int kRsaBitsMin = 2048;
// How long ago a certificate may have ended: the 14 days that a queue keeps a message, and a day.
inline constexpr std::int64_t kCertificateEndedMillisMax = 15 * kMillisPerDay;

// Fetched certificates that are kept. A region has one, or two during a rotation.
inline constexpr std::size_t kCachedCertificatesMax = 16;
// Fetches at a time, in all and for topics that never sent a genuine push. Who knows a topic's name
// can ask for certificates that do not exist; the rest is kept for topics that have proven theirs.
inline constexpr std::size_t kFetchesInFlightMax = 2;
inline constexpr std::size_t kUnprovenFetchesInFlightMax = 1;
// Fetches in any minute, likewise.
inline constexpr std::size_t kFetchesPerMinuteMax = 10;
inline constexpr std::size_t kUnprovenFetchesPerMinuteMax = 6;
// How long a failed fetch is remembered. Short, since SNS sends again after 20 seconds.
inline constexpr std::int64_t kFailureMillisMax = 10 * kMillisPerSecond;
// Pushes that wait for fetches, in all. Each holds its message.
inline constexpr std::size_t kWaitersMax = 128;
// After this long a fetch counts as failed even if it never answers; SNS gives up after 15 seconds.
inline constexpr std::int64_t kFlightMillisMax = 10 * kMillisPerSecond;
// Topics that are remembered as having sent a genuine push.
inline constexpr std::size_t kProvenTopicsMax = 1024;

}  // namespace mailtrail::ingest::sns
