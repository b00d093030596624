#pragma once

#include "absl/status/status.h"
#include "mailtrail/admin/v1/source_service.pb.h"
#include "server/api/ports.h"

namespace mailtrail::server::api {

// The operators' SourceService, as source_service.proto documents it. Thread-safe; `directory` must
// outlive it.
class SourceApi {
 public:
  explicit SourceApi(const SourceDirectory& directory) : directory_(directory) {}

  [[nodiscard]] absl::Status ListSources(const admin::v1::ListSourcesRequest& request,
                                         admin::v1::ListSourcesResponse& response);

 private:
  const SourceDirectory& directory_;
};

}  // namespace mailtrail::server::api
