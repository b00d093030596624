#include "ingest/http/response_text.h"

#include <boost/beast/http/status.hpp>

#include "absl/strings/str_cat.h"
#include "storage/base/text.h"

namespace mailtrail::ingest::http {
namespace {

std::string_view ReasonOf(int status) {
  namespace beast_http = boost::beast::http;
  const auto reason = beast_http::obsolete_reason(static_cast<beast_http::status>(status));
  return {reason.data(), reason.size()};
}

std::string_view ConnectionField(const ResponseForm& form) {
  if (form.after == AfterResponse::kClose) {
    return "Connection: close\r\n";
  }
  return form.http10 ? "Connection: keep-alive\r\n" : "";
}

}  // namespace

void WriteResponse(const Response& response, const ResponseForm& form, std::string& out) {
  constexpr int kNoContent = 204;
  out.clear();
  absl::StrAppend(&out, "HTTP/1.1 ", response.status, " ", ToAbsl(ReasonOf(response.status)),
                  "\r\nDate: ", ToAbsl(form.date), "\r\n");
  if (response.status != kNoContent) {
    absl::StrAppend(&out, "Content-Type: ", response.content_type,
                    "\r\nContent-Length: ", response.body.size(), "\r\n");
  }
  for (const auto& [name, value] : response.headers) {
    absl::StrAppend(&out, name, ": ", value, "\r\n");
  }
  absl::StrAppend(&out, ToAbsl(ConnectionField(form)), "\r\n");
  if (form.body == BodyText::kSend && response.status != kNoContent) {
    out.append(response.body);
  }
}

}  // namespace mailtrail::ingest::http
