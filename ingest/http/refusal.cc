#include "ingest/http/refusal.h"

#include <array>

#include "storage/base/text.h"

namespace mailtrail::ingest::http {
namespace {

// In the order of the enum.
constexpr std::array<RefusalText, kRefusals> kTexts = {{
    {400, "malformed", "The request is not well-formed HTTP/1.1."},
    {404, "unknown_path", "There is nothing at this path."},
    {405, "method_not_allowed", "This path takes other methods."},
    {408, "head_timeout", "The request's header fields took too long."},
    {408, "body_timeout", "The request's body took too long."},
    {413, "body_too_large", "The request's body is too large."},
    {415, "content_encoding", "Encoded bodies are not taken."},
    {417, "expectation", "The only expectation that is met is 100-continue."},
    {431, "head_too_large", "The request's header fields are too large."},
    {503, "answer_timeout", "The answer took too long; try again."},
    {503, "answer_dropped", "The request could not be answered; try again."},
    {503, "connection_limit", "Too many connections; try again."},
}};

}  // namespace

const RefusalText& TextOf(Refusal refusal) { return kTexts[static_cast<std::size_t>(refusal)]; }

Response ResponseOf(Refusal refusal, std::string_view allow) {
  const RefusalText& text = TextOf(refusal);
  Response response;
  response.status = text.status;
  response.body = Cat(text.sentence, "\n");
  if (refusal == Refusal::kMethodNotAllowed) {
    response.headers.emplace_back("Allow", allow);
  }
  if (refusal == Refusal::kContentEncoding) {
    response.headers.emplace_back("Accept-Encoding", "identity");
  }
  return response;
}

}  // namespace mailtrail::ingest::http
