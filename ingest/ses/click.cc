#include <utility>

#include "ingest/ses/types.h"

namespace mailtrail::ingest::ses {

void DecodeClick(const Object& detail, Event& event) {
  storage::v1::Click& click = *event.mutable_click();
  click.set_ip_address(TextOrEmpty(detail, "ipAddress"));
  click.set_user_agent(TextOrEmpty(detail, "userAgent"));
  click.set_link(TextOrEmpty(detail, "link"));
  *click.mutable_link_tags() = TagsAt(detail, "linkTags");
  if (std::optional<std::string> bot = TextAt(detail, "isBotEvent")) {
    click.set_is_bot_event(*std::move(bot));
  }
}

}  // namespace mailtrail::ingest::ses
