#pragma once

// Calls of one answer.
//
//   auto client = mailtrail::client::Client(mailtrail::client::Connect("localhost:8026"));
//   auto event = client.GetEvent("0107017c...-k3v...", v1::EVENT_VIEW_FULL);
//   if (!event.ok()) std::cerr << event.status().message();

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "clients/cpp/limits.h"
#include "grpcpp/channel.h"
#include "mailtrail/admin/v1/source_service.grpc.pb.h"
#include "mailtrail/v1/event_service.grpc.pb.h"
#include "mailtrail/v1/message_service.grpc.pb.h"

namespace mailtrail::client {

// Thread-safe. A call takes at most `call_ms` (DEADLINE_EXCEEDED); errors carry ErrorInfo
// (error.h). Nothing is retried here: a unary call is the caller's to repeat.
class Client {
 public:
  explicit Client(const std::shared_ptr<grpc::Channel>& channel, std::int64_t call_ms = kCallMs);

  [[nodiscard]] absl::StatusOr<v1::Event> GetEvent(const std::string& id, v1::EventView view) const;
  [[nodiscard]] absl::StatusOr<v1::ListEventsResponse> ListEvents(
      const v1::ListEventsRequest& request) const;
  [[nodiscard]] absl::StatusOr<v1::GetMessageResponse> GetMessage(
      const v1::GetMessageRequest& request) const;
  [[nodiscard]] absl::StatusOr<admin::v1::ListSourcesResponse> ListSources() const;

 private:
  const std::int64_t call_ms_;
  std::unique_ptr<v1::EventService::Stub> events_;
  std::unique_ptr<v1::MessageService::Stub> messages_;
  std::unique_ptr<admin::v1::SourceService::Stub> sources_;
};

}  // namespace mailtrail::client
