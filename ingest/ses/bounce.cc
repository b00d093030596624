#include "ingest/ses/recipients.h"
#include "ingest/ses/types.h"

namespace mailtrail::ingest::ses {

void DecodeBounce(const Object& detail, Event& event) {
  storage::v1::Bounce& bounce = *event.mutable_bounce();
  bounce.set_bounce_type(TextOrEmpty(detail, "bounceType"));
  bounce.set_bounce_sub_type(TextOrEmpty(detail, "bounceSubType"));
  *bounce.mutable_recipients() = RecipientsAt(detail, "bouncedRecipients");
  bounce.set_feedback_id(TextOrEmpty(detail, "feedbackId"));
  bounce.set_reporting_mta(TextOrEmpty(detail, "reportingMTA"));
  bounce.set_remote_mta_ip(TextOrEmpty(detail, "remoteMtaIp"));
}

}  // namespace mailtrail::ingest::ses
