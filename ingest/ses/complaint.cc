#include <utility>

#include "ingest/ses/recipients.h"
#include "ingest/ses/types.h"

namespace mailtrail::ingest::ses {

void DecodeComplaint(const Object& detail, Event& event) {
  storage::v1::Complaint& complaint = *event.mutable_complaint();
  for (storage::v1::AffectedRecipient& recipient : RecipientsAt(detail, "complainedRecipients")) {
    complaint.add_recipients(std::move(*recipient.mutable_address()));
  }
  complaint.set_feedback_id(TextOrEmpty(detail, "feedbackId"));
  if (std::optional<std::string> sub_type = TextAt(detail, "complaintSubType")) {
    complaint.set_complaint_sub_type(*std::move(sub_type));
  }
  if (std::optional<std::string> type = TextAt(detail, "complaintFeedbackType")) {
    complaint.set_complaint_feedback_type(*std::move(type));
  }
  if (std::optional<std::string> user_agent = TextAt(detail, "userAgent")) {
    complaint.set_user_agent(*std::move(user_agent));
  }
  if (const std::optional<UnixMillis> arrival = TimeAt(detail, "arrivalDate")) {
    complaint.set_arrival_date_ms(arrival->value);
  }
}

}  // namespace mailtrail::ingest::ses
