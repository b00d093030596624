#pragma once

// The parts of Fold (fold.h), each over the message's distinct events in the order of preference.

#include <span>
#include <vector>

#include "storage/mail/fold.h"

namespace mailtrail::mail {

// Event publishing before identity notification (which cuts times and has no tags), then by event
// time and id. Total over distinct events of one message.
[[nodiscard]] bool PreferredLess(const FoldInput& a, const FoldInput& b);

// REQUIRES of all: distinct events, sorted by PreferredLess.
[[nodiscard]] std::vector<RecipientStatus> FoldRecipients(std::span<const FoldInput> events);
[[nodiscard]] Engagement FoldEngagement(std::span<const FoldInput> events,
                                        std::size_t recipient_count);

}  // namespace mailtrail::mail
