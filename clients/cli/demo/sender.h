#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace mailtrail::demo {

// One keep-alive connection that posts pushes as SNS does. Not thread-safe: one a thread.
class Sender {
 public:
  // `endpoint`: "http://127.0.0.1:8025/v1/sns".
  explicit Sender(std::string endpoint);
  ~Sender();
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  // The HTTP status of the answer. kUnavailable when there was none within 15 s, as SNS waits.
  [[nodiscard]] absl::StatusOr<int> Post(std::string_view body, std::string_view topic_arn);

 private:
  struct Connection;
  const std::string endpoint_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace mailtrail::demo
