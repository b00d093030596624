#pragma once

// Which of a message's recipients an event is about.

#include <set>
#include <string>

#include "storage/mail/event_facts.h"
#include "storage/mail/fold.h"

namespace mailtrail::mail {

// Addresses in normal form.
using AddressSet = std::set<std::string>;

// The event's addressed recipients, or the named ones where SES gives no destination.
[[nodiscard]] AddressSet DestinationOf(const Event& event);

// Whom the event names, in normal form.
[[nodiscard]] AddressSet NamedBy(const Event& event);

// The recipients, out of those of the message, that the event is about. An event may name an
// address that was never a recipient: `bouncedRecipients` has the DSN's Final-Recipient, which
// differs from the recipient after forwarding (SES guide, 'Bounced recipients'). With one recipient
// it can only be about that one; with several it is about none of them that anybody could know.
[[nodiscard]] AddressSet RecipientsConcerned(const Event& event, const AddressSet& recipients);

// No retry is pending in this state. A bounce or a complaint may still follow a delivery.
[[nodiscard]] constexpr bool IsSettled(State state) { return state >= State::kDelivered; }

}  // namespace mailtrail::mail
