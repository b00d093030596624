#pragma once

// Facts about one event that follow from its disk form alone. Pure functions; thread-safe.

#include <cstdint>
#include <string>
#include <vector>

#include "mailtrail/storage/v1/event.pb.h"
#include "storage/base/time.h"

namespace mailtrail::mail {

using storage::v1::Event;
using storage::v1::EventType;
using storage::v1::Form;

// What the event says of somebody. Stronger ones are larger.
enum class Involvement : std::uint8_t {
  kNamed = 1,      // Only headers name them: matches nothing, the erasure's work list.
  kAddressed = 2,  // In the message's destination.
  kAffected = 3,   // Named by the event itself.
};

// By which clock a record is kept, see Retention in ARCHITECTURE.md. On disk: never renumber.
enum class RetentionClass : std::uint8_t {
  kControl = 0,     // What an operator did: kept as long as the log.
  kLifeCycle = 1,   // Send, Delivery, DeliveryDelay, OTHER.
  kEngagement = 2,  // Open, Click, Subscription.
  kFailure = 3,     // Bounce, Complaint, Reject, Rendering Failure.
};

// The two runs of a message's rows: what decides its state, and the many that do not.
enum class Part : std::uint8_t { kLifeCycle = 0, kEngagement = 1 };

// UNSPECIFIED never comes out: an event without a known detail is OTHER.
[[nodiscard]] EventType TypeOf(const Event& event);
[[nodiscard]] RetentionClass ClassOf(EventType type);
[[nodiscard]] Part PartOf(EventType type);

// When it happened, as SES wrote it; mail.timestamp where the event has no time.
[[nodiscard]] UnixMillis EventTimeOf(const Event& event);
// Event time in [mail.timestamp, received]: ISPs' clocks lie. Filters and buckets use it.
[[nodiscard]] UnixMillis ClampedTimeOf(const Event& event, UnixMillis received);

// Whom the event itself names, as written: the recipients of a delivery, a delay, a bounce or a
// complaint; everybody addressed for all other types.
[[nodiscard]] std::vector<std::string> AffectedOf(const Event& event);

// Affected, addressed and named addresses in normal form, each once with its strongest involvement,
// sorted by address.
struct InvolvedAddress {
  std::string address;
  Involvement involvement;
  friend bool operator==(const InvolvedAddress&, const InvolvedAddress&) = default;
};
[[nodiscard]] std::vector<InvolvedAddress> InvolvedIn(const Event& event);

// The first value of a tag of the event, or empty.
[[nodiscard]] std::string TagValue(const Event& event, std::string_view name);

// SES's automatic tags that the design gives a term or a field of its own.
inline constexpr std::string_view kConfigurationSetTag = "ses:configuration-set";
inline constexpr std::string_view kTenantTag = "ses:tenant-name";

// True when no recipient of the message can still be waited for after this event alone: it decides
// every addressed one, or it is engagement. Such an event writes no row of 'unsettled'.
[[nodiscard]] bool SettlesAll(const Event& event);

}  // namespace mailtrail::mail
