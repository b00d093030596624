#pragma once

#include "absl/status/status.h"
#include "mailtrail/v1/message_service.pb.h"
#include "server/api/shared.h"

namespace mailtrail::server::api {

// MessageService's calls of this release, as message_service.proto documents them; every error has
// its ErrorInfo. Thread-safe; `shared` must outlive it.
class MessageApi {
 public:
  explicit MessageApi(Shared& shared) : shared_(shared) {}

  [[nodiscard]] absl::Status GetMessage(const v1::GetMessageRequest& request,
                                        v1::GetMessageResponse& response);

  // A trail with SES's JSON reads megabytes; any other answer is one message's rows.
  [[nodiscard]] static bool IsQuick(const v1::GetMessageRequest& request) {
    return request.view() != v1::MESSAGE_VIEW_TRAIL || request.event_view() != v1::EVENT_VIEW_RAW;
  }

 private:
  [[nodiscard]] absl::Status AddRaw(query::MessageAnswer& answer);

  Shared& shared_;
};

}  // namespace mailtrail::server::api
