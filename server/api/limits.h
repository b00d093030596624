#pragma once

#include <cstddef>
#include <cstdint>

namespace mailtrail::server::api {

// Values of one field of a filter, and of all fields of its mail part: each value of a field is a
// walk of its own that is merged into the others.
inline constexpr std::size_t kFilterFieldValuesMax = 16;
inline constexpr std::size_t kFilterValuesMax = 32;
// Bytes of one value. SES's longest, a tag's, has 256 characters; headers and addresses are longer.
inline constexpr std::size_t kFilterValueBytesMax = 1024;

// Events of a page when the request does not say, and at most.
inline constexpr std::int32_t kPageSizeDefault = 50;
inline constexpr std::int32_t kPageSizeMax = 1'000;

// Bytes of one page or batch, on the wire: it ends before the event that would go beyond, and holds
// one event at least. SES texts end at 1 MiB and an event with its JSON has less than three times
// that, so no answer comes near the 4 MiB at which gRPC's clients refuse.
inline constexpr std::size_t kPageBytesMax = 1 << 20;
// Bytes of a message's trail, the only part of an answer that is neither a page nor one event.
inline constexpr std::size_t kTrailBytesMax = 2 << 20;

// A listing may be continued for a day: longer than anybody reads, shorter than a key's rotation.
inline constexpr std::int64_t kPageTokenLifeSeconds = 24 * 60 * 60;

// Events of one response of a watch: small enough that its cursor comes often, large enough that
// framing costs nothing.
inline constexpr std::size_t kWatchEventsMax = 256;
// Between two responses of a watch. Load balancers end a stream after 60 s without data and do not
// count HTTP/2 pings as such.
inline constexpr std::int64_t kProgressMsMin = 1'000;
inline constexpr std::int64_t kProgressMsMax = 30'000;
inline constexpr std::int64_t kProgressMsDefault = kProgressMsMax;
// Taken off at random, in hundredths: restarts must not align the streams.
inline constexpr std::int64_t kProgressJitterPercent = 10;

// Bytes of an error's sentence, and of one value in its metadata: both go into trailers twice,
// which stay below 4 KiB. A cursor has 46 characters.
inline constexpr std::size_t kErrorMessageBytesMax = 400;
inline constexpr std::size_t kErrorValueBytesMax = 200;

// Texts that a client sends as cursor or page token; ours have 46 and 92 characters.
inline constexpr std::size_t kTokenTextBytesMax = 512;

}  // namespace mailtrail::server::api
