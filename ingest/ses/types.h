#pragma once

// The event types, one row each: what SES calls them, the member that says what happened, and the
// file that reads it.

#include <span>
#include <string_view>

#include "ingest/ses/fields.h"
#include "mailtrail/storage/v1/event.pb.h"

namespace mailtrail::ingest::ses {

using storage::v1::Event;

struct TypeRow {
  storage::v1::EventType type;
  std::string_view ses_type;  // The value of eventType or notificationType.
  std::string_view member;    // The document's member with what happened.
  // Fills the event's detail. The event's time is read for all types alike.
  void (*decode)(const Object& detail, Event& event);
};

[[nodiscard]] std::span<const TypeRow> TypeTable();
// Nullptr for a type that we do not know.
[[nodiscard]] const TypeRow* FindType(std::string_view ses_type);

void DecodeSend(const Object& detail, Event& event);
void DecodeDelivery(const Object& detail, Event& event);
void DecodeDeliveryDelay(const Object& detail, Event& event);
void DecodeBounce(const Object& detail, Event& event);
void DecodeComplaint(const Object& detail, Event& event);
void DecodeReject(const Object& detail, Event& event);
void DecodeRenderingFailure(const Object& detail, Event& event);
void DecodeOpen(const Object& detail, Event& event);
void DecodeClick(const Object& detail, Event& event);
void DecodeSubscription(const Object& detail, Event& event);

}  // namespace mailtrail::ingest::ses
