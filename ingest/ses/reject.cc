#include "ingest/ses/types.h"

namespace mailtrail::ingest::ses {

void DecodeReject(const Object& detail, Event& event) {
  event.mutable_reject()->set_reason(TextOrEmpty(detail, "reason"));
}

}  // namespace mailtrail::ingest::ses
