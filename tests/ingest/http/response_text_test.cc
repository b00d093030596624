#include "ingest/http/response_text.h"

#include "gtest/gtest.h"
#include "ingest/http/http_date.h"

namespace mailtrail::ingest::http {
namespace {

std::string Text(const Response& response, ResponseForm form) {
  form.date = "D";
  std::string out = "what stood there before";
  WriteResponse(response, form, out);
  return out;
}

TEST(ResponseText, HasGoldenBytes) {
  const Response response{.status = 403,
                          .content_type = "text/plain",
                          .body = "no\n",
                          .headers = {{"X-Reason", "signature"}}};
  EXPECT_EQ(Text(response, {}),
            "HTTP/1.1 403 Forbidden\r\nDate: D\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n"
            "X-Reason: signature\r\n\r\nno\n");
  EXPECT_EQ(Text({.content_type = "a/b"}, {.after = AfterResponse::kClose}),
            "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: a/b\r\nContent-Length: 0\r\n"
            "Connection: close\r\n\r\n");
  EXPECT_EQ(Text({.content_type = "a/b", .body = "xyz"}, {.body = BodyText::kOmit, .http10 = true}),
            "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: a/b\r\nContent-Length: 3\r\n"
            "Connection: keep-alive\r\n\r\n");
  EXPECT_EQ(Text({.status = 204, .body = "ignored"}, {}),
            "HTTP/1.1 204 No Content\r\nDate: D\r\n\r\n");
}

TEST(HttpDateTest, IsTheSecondInEnglish) {
  HttpDate date;
  EXPECT_EQ(date.At({1'795'168'800'000}), "Fri, 20 Nov 2026 10:00:00 GMT");
  EXPECT_EQ(date.At({1'795'168'800'999}), "Fri, 20 Nov 2026 10:00:00 GMT");
  EXPECT_EQ(date.At({1'795'168'801'000}), "Fri, 20 Nov 2026 10:00:01 GMT");
  EXPECT_EQ(date.At({0}), "Thu, 01 Jan 1970 00:00:00 GMT");
}

}  // namespace
}  // namespace mailtrail::ingest::http
