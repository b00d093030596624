#pragma once

// SES's `mail` object, which is in every event: what SES knows of the message.

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ingest/ses/types.h"

namespace mailtrail::ingest::ses {

using Headers = std::vector<storage::v1::Header>;

// Fills `event.mail` and gives the message's own headers. Errors: kInvalidArgument with a reason of
// decoder.h, when the message id or the sent time is missing or unreadable.
[[nodiscard]] absl::StatusOr<Headers> DecodeMail(const Object& mail, storage::v1::Form form,
                                                 Event& event);

// The addresses that nothing but headers names, in normal form, sorted: what an erasure looks
// through beyond recipients and senders. From all address headers and `commonHeaders`; without whom
// the event is addressed to, whom it names itself, and mail.source, whom the sender's own term
// finds. REQUIRES: `event` is complete but for them.
[[nodiscard]] std::vector<std::string> NamedOnlyInHeaders(const Event& event,
                                                          const Headers& headers);

}  // namespace mailtrail::ingest::ses
