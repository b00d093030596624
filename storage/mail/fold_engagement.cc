#include <algorithm>

#include "storage/mail/fold_parts.h"

namespace mailtrail::mail {
namespace {

// SES's word since August 2026. Without it nobody knows, and the event counts as a person's.
constexpr std::string_view kLikelyBot = "Likely";

void Count(UnixMillis time, std::string_view bot, std::int64_t& all, std::int64_t& without_bots,
           std::optional<UnixMillis>& first) {
  ++all;
  without_bots += bot == kLikelyBot ? 0 : 1;
  first = std::min(first.value_or(time), time);
}

}  // namespace

Engagement FoldEngagement(std::span<const FoldInput> events, std::size_t recipient_count) {
  Engagement engagement;
  for (const FoldInput& input : events) {
    const Event& event = *input.event;
    if (event.has_open()) {
      Count(EventTimeOf(event), event.open().is_bot_event(), engagement.opens,
            engagement.opens_without_bots, engagement.first_open_time);
    } else if (event.has_click()) {
      Count(EventTimeOf(event), event.click().is_bot_event(), engagement.clicks,
            engagement.clicks_without_bots, engagement.first_click_time);
    }
  }
  engagement.attribution = recipient_count > 1 ? Attribution::kAmbiguous : Attribution::kExact;
  return engagement;
}

}  // namespace mailtrail::mail
