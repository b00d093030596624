#pragma once

#include "ingest/ses/types.h"

namespace mailtrail::ingest::ses {

using AffectedRecipients = google::protobuf::RepeatedPtrField<storage::v1::AffectedRecipient>;

// [{"emailAddress": ..., "action": ..., "status": ..., "diagnosticCode": ...}]. An element without
// an address is left out.
[[nodiscard]] AffectedRecipients RecipientsAt(const Object& detail, std::string_view key);

}  // namespace mailtrail::ingest::ses
