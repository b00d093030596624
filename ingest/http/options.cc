#include "ingest/http/options.h"

#include <string_view>
#include <utility>

#include "storage/base/status.h"

namespace mailtrail::ingest::http {

absl::Status Validate(const Options& options) {
  constexpr std::size_t kNameMax = 12;
  constexpr int kThreadsMax = 256;
  if (options.name.empty() || options.name.size() > kNameMax) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "listener name '", options.name,
                      "' must have 1 to ", kNameMax, " characters");
  }
  if (options.threads < 1 || options.threads > kThreadsMax) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, options.name, ": threads must be 1 to ",
                      kThreadsMax, ", not ", options.threads);
  }
  if (options.connections_max < 1) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, options.name,
                      ": connections_max must be at least 1");
  }
  const std::pair<std::string_view, std::int64_t> times[] = {
      {"idle_ms", options.idle_ms},   {"head_ms", options.head_ms},
      {"body_ms", options.body_ms},   {"answer_ms", options.answer_ms},
      {"write_ms", options.write_ms}, {"linger_ms", options.linger_ms},
      {"sweep_ms", options.sweep_ms},
  };
  for (const auto& [name, value] : times) {
    if (value < 1) {
      return MakeStatus(absl::StatusCode::kInvalidArgument, options.name, ": ", name,
                        " must be at least 1, not ", value);
    }
  }
  return absl::OkStatus();
}

}  // namespace mailtrail::ingest::http
