#include "clients/cli/output.h"

#include <poll.h>
#include <unistd.h>

#include <cstdio>

#include "google/protobuf/util/json_util.h"

namespace mailtrail::cli {

bool Output::Line(std::string_view text) {
  if (closed_) return false;
  const std::string line = std::string(text) + "\n";
  closed_ =
      std::fwrite(line.data(), 1, line.size(), stdout) != line.size() || std::fflush(stdout) != 0;
  return !closed_;
}

bool Output::ReaderGone() const {
  pollfd output = {.fd = STDOUT_FILENO, .events = 0, .revents = 0};
  return closed_ || (poll(&output, 1, 0) > 0 && output.revents != 0);
}

bool Output::Json(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string json;
  // Cannot fail for a message that was received: its strings are UTF-8.
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) json = "{}";
  return Line(json);
}

}  // namespace mailtrail::cli
