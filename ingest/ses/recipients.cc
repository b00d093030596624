#include "ingest/ses/recipients.h"

#include <utility>

namespace mailtrail::ingest::ses {

AffectedRecipients RecipientsAt(const Object& detail, std::string_view key) {
  AffectedRecipients recipients;
  for (const Object& item : ObjectsAt(detail, key)) {
    std::string address = TextOrEmpty(item, "emailAddress");
    if (address.empty()) {
      continue;
    }
    storage::v1::AffectedRecipient& recipient = *recipients.Add();
    recipient.set_address(std::move(address));
    if (std::optional<std::string> action = TextAt(item, "action")) {
      recipient.set_action(*std::move(action));
    }
    if (std::optional<std::string> status = TextAt(item, "status")) {
      recipient.set_status(*std::move(status));
    }
    if (std::optional<std::string> code = TextAt(item, "diagnosticCode")) {
      recipient.set_diagnostic_code(*std::move(code));
    }
  }
  return recipients;
}

}  // namespace mailtrail::ingest::ses
