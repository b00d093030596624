#include "ingest/ses/types.h"

namespace mailtrail::ingest::ses {

void DecodeDelivery(const Object& detail, Event& event) {
  storage::v1::Delivery& delivery = *event.mutable_delivery();
  *delivery.mutable_recipients() = TextsAt(detail, "recipients");
  if (const std::optional<std::int64_t> millis = IntegerAt(detail, "processingTimeMillis")) {
    delivery.set_processing_time_ms(*millis);
  }
  delivery.set_smtp_response(TextOrEmpty(detail, "smtpResponse"));
  delivery.set_reporting_mta(TextOrEmpty(detail, "reportingMTA"));
  delivery.set_remote_mta_ip(TextOrEmpty(detail, "remoteMtaIp"));
}

}  // namespace mailtrail::ingest::ses
