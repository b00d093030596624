#include "ingest/ses/json.h"

#include <charconv>

#include "ingest/ses/decoder.h"
#include "ingest/ses/limits.h"
#include "storage/base/status.h"

namespace mailtrail::ingest::ses {
namespace {

constexpr std::size_t kEscapeLength = 6;  // "\ud83d"

// SES events without a large message's headers fit; the parser grows for others.
constexpr std::size_t kInitialCapacity = 16 * 1024;

struct Parser {
  Parser() : dom(kMaxTextBytes), error(dom.allocate(kInitialCapacity, kMaxDepth)) {}
  simdjson::dom::parser dom;
  simdjson::error_code error;
};

simdjson::dom::parser& ThreadParser() {
  thread_local Parser parser;
  return parser.dom;
}

// The code unit of a "\uXXXX" at `at`; nullopt when there is none.
std::optional<unsigned> EscapedUnit(std::string_view json, std::size_t at) {
  const std::string_view escape = json.substr(std::min(at, json.size()), kEscapeLength);
  if (escape.size() != kEscapeLength || !escape.starts_with("\\u")) {
    return std::nullopt;
  }
  unsigned unit = 0;
  const char* const end = escape.data() + escape.size();
  const std::from_chars_result result = std::from_chars(escape.data() + 2, end, unit, 16);
  return result.ptr == end && result.ec == std::errc() ? std::optional(unit) : std::nullopt;
}

bool IsHigh(unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLow(unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; }

std::string_view ReasonFor(simdjson::error_code error) {
  switch (error) {
    case simdjson::CAPACITY:
      return reason::kTooLarge;
    case simdjson::UTF8_ERROR:
      return reason::kNotUtf8;
    case simdjson::DEPTH_ERROR:
      return reason::kTooDeep;
    default:
      return reason::kNotJson;
  }
}

}  // namespace

std::optional<std::string> MendSurrogates(std::string_view json) {
  std::string mended;
  std::size_t copied = 0;
  for (std::size_t at = json.find('\\'); at < json.size(); at = json.find('\\', at)) {
    const std::optional<unsigned> unit = EscapedUnit(json, at);
    if (!unit) {
      at += 2;
      continue;
    }
    const std::optional<unsigned> next = EscapedUnit(json, at + kEscapeLength);
    if (IsHigh(*unit) && next && IsLow(*next)) {
      at += 2 * kEscapeLength;
      continue;
    }
    if (IsHigh(*unit) || IsLow(*unit)) {
      mended.append(json.substr(copied, at - copied)).append("\\ufffd");
      copied = at + kEscapeLength;
    }
    at += kEscapeLength;
  }
  if (copied == 0) {
    return std::nullopt;
  }
  return mended.append(json.substr(copied));
}

absl::StatusOr<simdjson::dom::object> ParseObject(std::string_view text) {
  if (text.size() > kMaxTextBytes) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, reason::kTooLarge, ": ", text.size(),
                      " bytes");
  }
  simdjson::dom::parser& parser = ThreadParser();
  simdjson::dom::element document;
  simdjson::error_code error = parser.parse(text.data(), text.size()).get(document);
  if (error != simdjson::SUCCESS) {
    if (const std::optional<std::string> mended = MendSurrogates(text)) {
      error = parser.parse(*mended).get(document);
    }
  }
  if (error != simdjson::SUCCESS) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, ReasonFor(error), ": ",
                      simdjson::error_message(error));
  }
  simdjson::dom::object object;
  if (document.get(object) != simdjson::SUCCESS) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, reason::kNotAnObject);
  }
  return object;
}

}  // namespace mailtrail::ingest::ses
