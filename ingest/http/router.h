#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ingest/http/message.h"

namespace mailtrail::ingest::http {

// Finds the route of a request. Immutable, so thread-safe.
class Router {
 public:
  // kInvalidArgument: no routes, a path without '/', no method, no handler, the same route twice.
  static absl::StatusOr<Router> Create(std::vector<Route> routes);

  struct Match {
    // Null when there is none; then `allow` tells an unknown path (empty) from a wrong method.
    const Route* route = nullptr;
    std::string allow;
  };
  [[nodiscard]] Match Find(std::string_view method, std::string_view target) const;

 private:
  explicit Router(std::vector<Route> routes) : routes_(std::move(routes)) {}
  std::vector<Route> routes_;
};

}  // namespace mailtrail::ingest::http
