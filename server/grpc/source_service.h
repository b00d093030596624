#pragma once

#include "mailtrail/admin/v1/source_service.grpc.pb.h"
#include "server/api/source_api.h"
#include "server/grpc/wire.h"

namespace mailtrail::server::wire {

// mailtrail.admin.v1.SourceService on the wire. `directory` and `wire` must outlive the server.
class SourceService final : public admin::v1::SourceService::CallbackService {
 public:
  SourceService(Wire& wire, const api::SourceDirectory& directory) : wire_(wire), api_(directory) {}

  ::grpc::ServerUnaryReactor* ListSources(::grpc::CallbackServerContext* context,
                                          const admin::v1::ListSourcesRequest* request,
                                          admin::v1::ListSourcesResponse* response) override;

 private:
  Wire& wire_;
  api::SourceApi api_;
};

}  // namespace mailtrail::server::wire
