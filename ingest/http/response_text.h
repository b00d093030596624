#pragma once

#include <string>
#include <string_view>

#include "ingest/http/message.h"

namespace mailtrail::ingest::http {

enum class AfterResponse { kClose, kKeepAlive };
enum class BodyText { kSend, kOmit };

struct ResponseForm {
  AfterResponse after = AfterResponse::kKeepAlive;
  // HEAD omits the body and keeps its length.
  BodyText body = BodyText::kSend;
  // An HTTP/1.0 client closes unless it is told not to.
  bool http10 = false;
  std::string_view date;
};

// Puts the bytes of `response` into `out`, which keeps its memory from response to response.
void WriteResponse(const Response& response, const ResponseForm& form, std::string& out);

}  // namespace mailtrail::ingest::http
