#include "ingest/ses/recipients.h"
#include "ingest/ses/types.h"

namespace mailtrail::ingest::ses {

void DecodeDeliveryDelay(const Object& detail, Event& event) {
  storage::v1::DeliveryDelay& delay = *event.mutable_delivery_delay();
  delay.set_delay_type(TextOrEmpty(detail, "delayType"));
  *delay.mutable_recipients() = RecipientsAt(detail, "delayedRecipients");
  if (const std::optional<UnixMillis> expiration = TimeAt(detail, "expirationTime")) {
    delay.set_expiration_time_ms(expiration->value);
  }
  delay.set_reporting_mta(TextOrEmpty(detail, "reportingMTA"));
}

}  // namespace mailtrail::ingest::ses
