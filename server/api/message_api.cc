#include "server/api/message_api.h"

#include <optional>
#include <string>
#include <vector>

#include "server/api/error.h"
#include "server/api/limits.h"
#include "server/api/message_to_proto.h"
#include "storage/base/status.h"
#include "storage/mail/message_id.h"

namespace mailtrail::server::api {
namespace {

absl::StatusOr<query::WithTrail> TrailFor(v1::MessageView view) {
  switch (view) {
    case v1::MESSAGE_VIEW_UNSPECIFIED:
    case v1::MESSAGE_VIEW_STATUS:
      return query::WithTrail::kNo;
    case v1::MESSAGE_VIEW_TRAIL:
      return query::WithTrail::kYes;
    default:
      return FieldError(v1::ERROR_REASON_FIELD_INVALID, "view",
                        "this server knows STATUS and TRAIL");
  }
}

}  // namespace

// One after the other in the trail's order, which is not the log's. Ends when no more would be
// shown.
absl::Status MessageApi::AddRaw(query::MessageAnswer& answer) {
  std::size_t bytes = 0;
  for (query::FoundEvent& found : answer.trail) {
    if (bytes > kTrailBytesMax) break;
    auto whole = shared_.backend().events.Get(
        {.message_id = answer.status.message_id, .fingerprint = found.header.fingerprint},
        query::WithRaw::kYes);
    // Gone meanwhile: its JSON is shown as gone, too.
    if (absl::IsNotFound(whole.status())) continue;
    if (!whole.ok()) return whole.status();
    bytes += whole->raw.size();
    found.raw = std::move(whole->raw);
  }
  return absl::OkStatus();
}

absl::Status MessageApi::GetMessage(const v1::GetMessageRequest& request,
                                    v1::GetMessageResponse& response) {
  if (request.id().empty()) {
    return FieldError(v1::ERROR_REASON_FIELD_REQUIRED, "id", "must be set");
  }
  MT_ASSIGN_OR_RETURN(const query::WithTrail trail, TrailFor(request.view()));
  MT_ASSIGN_OR_RETURN(const v1::EventView view, ViewOf(request.event_view()));
  const std::optional<std::string> id = mail::ParseMessageId(request.id());
  if (!id) {
    return FieldError(v1::ERROR_REASON_FIELD_INVALID, "id",
                      "neither an SES message id nor a Message-ID of amazonses.com");
  }
  auto answer = shared_.backend().messages.Get(*id, trail);
  if (absl::IsNotFound(answer.status())) {
    return MakeError(v1::ERROR_REASON_MESSAGE_NOT_FOUND,
                     "nothing was ever heard of this message, or it has expired");
  }
  if (!answer.ok()) return FromStorage(answer.status());
  if (!IsQuick(request)) {
    if (const absl::Status added = AddRaw(*answer); !added.ok()) return FromStorage(added);
  }
  const std::vector<log::Era> eras = shared_.backend().log.eras();
  *response.mutable_message() = ToProto(*answer, shared_.ShapeFor(eras, view));
  response.set_cursor(shared_.cursors().At(eras, answer->as_of));
  return absl::OkStatus();
}

}  // namespace mailtrail::server::api
