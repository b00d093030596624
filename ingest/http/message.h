#pragma once

// Requests, responses and routes: all that a handler sees of HTTP.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"

namespace mailtrail::ingest::http {

// A request's header fields in the order in which they came, in one piece of memory.
class Headers {
 public:
  void Add(std::string_view name, std::string_view value);
  // The first field of that name, in any case; empty when there is none. The view lives as long as
  // this object is neither changed nor moved.
  [[nodiscard]] std::string_view Get(std::string_view name) const;
  [[nodiscard]] std::size_t size() const { return fields_.size(); }

 private:
  struct Field {
    std::uint32_t name_at;
    std::uint32_t name_bytes;
    std::uint32_t value_at;
    std::uint32_t value_bytes;
  };
  std::string bytes_;
  std::vector<Field> fields_;
};

struct Request {
  std::string method;
  // As sent: path and query, sometimes with scheme and host.
  std::string target;
  Headers headers;
  // Decoded from chunks; trailer fields are dropped. Empty when the request has none.
  std::string body;
};

struct Response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  // Further fields. The listener itself writes Date, Content-Type, Content-Length and Connection.
  // Names and values are the handler's own words, without line ends.
  std::vector<std::pair<std::string, std::string>> headers;
};

// Answers one request: call it once, on any thread, also after the client left or the listener
// stopped (then it does nothing). Cheap: the connection goes on on its own thread. Destroyed
// without a call, it answers 503, which makes SNS try again.
using Respond = absl::AnyInvocable<void(Response)>;

// Runs on an io thread of the listener, which serves no other connection meanwhile: it may check a
// signature (17 us), and must not wait. Called from several io threads at once. Must not throw.
using Handler = std::function<void(Request, Respond)>;

// A method on a path, compared byte for byte with the target's path (without its query). A GET
// route takes HEAD too: its handler sees the method HEAD, and its body is counted and not sent.
struct Route {
  std::string method;
  std::string path;
  Handler handler;
};

}  // namespace mailtrail::ingest::http
