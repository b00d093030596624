#include "server/grpc/source_service.h"

#include "server/grpc/unary.h"

namespace mailtrail::server::wire {

::grpc::ServerUnaryReactor* SourceService::ListSources(::grpc::CallbackServerContext* context,
                                                       const admin::v1::ListSourcesRequest* request,
                                                       admin::v1::ListSourcesResponse* response) {
  return AnswerOnPump(wire_, context, "mailtrail.admin.v1.SourceService/ListSources",
                      [=, this] { return api_.ListSources(*request, *response); });
}

}  // namespace mailtrail::server::wire
