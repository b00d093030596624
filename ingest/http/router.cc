#include "ingest/http/router.h"

#include <utility>

#include "storage/base/status.h"

namespace mailtrail::ingest::http {
namespace {

// The path of "/path?query" and of "http://host/path?query", which RFC 9112 3.2.2 has servers
// accept.
std::string_view PathOf(std::string_view target) {
  if (!target.starts_with('/')) {
    const std::size_t scheme = target.find("://");
    if (scheme == std::string_view::npos) {
      return target;
    }
    const std::size_t path = target.find('/', scheme + 3);
    target = path == std::string_view::npos ? "/" : target.substr(path);
  }
  return target.substr(0, target.find('?'));
}

bool Takes(const Route& route, std::string_view method) {
  return route.method == method || (route.method == "GET" && method == "HEAD");
}

}  // namespace

absl::StatusOr<Router> Router::Create(std::vector<Route> routes) {
  constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
  if (routes.empty()) {
    return MakeStatus(kInvalid, "a listener needs a route");
  }
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const Route& route = routes[i];
    if (!route.path.starts_with('/') || route.method.empty() || !route.handler) {
      return MakeStatus(kInvalid, "route '", route.method, " ", route.path,
                        "' needs a method, a path that begins with '/', and a handler");
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (routes[j].path == route.path && routes[j].method == route.method) {
        return MakeStatus(kInvalid, "route '", route.method, " ", route.path, "' is given twice");
      }
    }
  }
  return Router(std::move(routes));
}

Router::Match Router::Find(std::string_view method, std::string_view target) const {
  const std::string_view path = PathOf(target);
  Match match;
  for (const Route& route : routes_) {
    if (route.path != path) {
      continue;
    }
    if (Takes(route, method)) {
      match.route = &route;
      match.allow.clear();
      return match;
    }
    match.allow +=
        Cat(match.allow.empty() ? "" : ", ", route.method, route.method == "GET" ? ", HEAD" : "");
  }
  return match;
}

}  // namespace mailtrail::ingest::http
