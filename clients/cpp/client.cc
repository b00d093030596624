#include "clients/cpp/client.h"

#include <chrono>
#include <utility>

#include "clients/cpp/error.h"
#include "grpcpp/client_context.h"

namespace mailtrail::client {
namespace {

// Makes one call that takes at most `call_ms`.
template <typename Response, typename Stub, typename Method, typename Request>
absl::StatusOr<Response> Call(std::int64_t call_ms, Stub& stub, Method method,
                              const Request& request) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(call_ms));
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return ToStatus(status);
  return response;
}

}  // namespace

Client::Client(const std::shared_ptr<grpc::Channel>& channel, std::int64_t call_ms)
    : call_ms_(call_ms),
      events_(v1::EventService::NewStub(channel)),
      messages_(v1::MessageService::NewStub(channel)),
      sources_(admin::v1::SourceService::NewStub(channel)) {}

absl::StatusOr<v1::Event> Client::GetEvent(const std::string& id, v1::EventView view) const {
  v1::GetEventRequest request;
  request.set_id(id);
  request.set_view(view);
  auto response =
      Call<v1::GetEventResponse>(call_ms_, *events_, &v1::EventService::Stub::GetEvent, request);
  if (!response.ok()) return response.status();
  return std::move(*response->mutable_event());
}

absl::StatusOr<v1::ListEventsResponse> Client::ListEvents(
    const v1::ListEventsRequest& request) const {
  return Call<v1::ListEventsResponse>(call_ms_, *events_, &v1::EventService::Stub::ListEvents,
                                      request);
}

absl::StatusOr<v1::GetMessageResponse> Client::GetMessage(
    const v1::GetMessageRequest& request) const {
  return Call<v1::GetMessageResponse>(call_ms_, *messages_, &v1::MessageService::Stub::GetMessage,
                                      request);
}

absl::StatusOr<admin::v1::ListSourcesResponse> Client::ListSources() const {
  return Call<admin::v1::ListSourcesResponse>(call_ms_, *sources_,
                                              &admin::v1::SourceService::Stub::ListSources,
                                              admin::v1::ListSourcesRequest());
}

}  // namespace mailtrail::client
