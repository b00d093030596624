#pragma once

#include <cstddef>
#include <string_view>

#include "ingest/http/message.h"

namespace mailtrail::ingest::http {

// Why the listener itself answered, without or instead of a handler.
enum class Refusal {
  kMalformed,         // 400: broken framing or syntax; the connection is closed
  kUnknownPath,       // 404
  kMethodNotAllowed,  // 405, with Allow
  kHeadTimeout,       // 408
  kBodyTimeout,       // 408
  kBodyTooLarge,      // 413
  kContentEncoding,   // 415
  kExpectation,       // 417
  kHeadTooLarge,      // 431
  kAnswerTimeout,     // 503: the handler took too long
  kAnswerDropped,     // 503: the handler let go of Respond
  kConnectionLimit,   // 503, before anything was read
};
inline constexpr std::size_t kRefusals = static_cast<std::size_t>(Refusal::kConnectionLimit) + 1;

struct RefusalText {
  int status;
  // For metrics and logs.
  std::string_view reason;
  // For whoever reads the response.
  std::string_view sentence;
};

[[nodiscard]] const RefusalText& TextOf(Refusal refusal);

// `allow`: the methods of the path, for kMethodNotAllowed.
[[nodiscard]] Response ResponseOf(Refusal refusal, std::string_view allow);

}  // namespace mailtrail::ingest::http
