#include <utility>

#include "ingest/ses/types.h"

namespace mailtrail::ingest::ses {

void DecodeOpen(const Object& detail, Event& event) {
  storage::v1::Open& open = *event.mutable_open();
  open.set_ip_address(TextOrEmpty(detail, "ipAddress"));
  open.set_user_agent(TextOrEmpty(detail, "userAgent"));
  if (std::optional<std::string> bot = TextAt(detail, "isBotEvent")) {
    open.set_is_bot_event(*std::move(bot));
  }
}

}  // namespace mailtrail::ingest::ses
