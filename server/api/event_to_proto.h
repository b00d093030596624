#pragma once

// Events as clients see them: from what a query found to mailtrail.v1, by view.

#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "mailtrail/v1/event.pb.h"
#include "mailtrail/v1/event_service.pb.h"
#include "server/api/cursor_text.h"
#include "server/api/ports.h"
#include "server/api/source_table.h"
#include "storage/log/era.h"
#include "storage/query/found.h"

namespace mailtrail::server::api {

// What the events of one answer have in common. All must outlive it. Used by one thread at a time.
struct EventShape {
  const CursorTexts& cursors;
  std::span<const log::Era> eras;  // As of the answer.
  SourceTable& sources;
  const HeadersOf& headers_of;
  v1::EventView view = v1::EVENT_VIEW_BASIC;
};

// UNSPECIFIED becomes BASIC. FIELD_INVALID for a number that is no view.
[[nodiscard]] absl::StatusOr<v1::EventView> ViewOf(v1::EventView view);

// EVENT_VIEW_RAW needs SES's JSON to be read with the event.
[[nodiscard]] query::WithRaw RawFor(v1::EventView view);

[[nodiscard]] v1::Event ToProto(const query::FoundEvent& found, const EventShape& shape);

// The envelope sender's address as SES wrote it, without display name and angle brackets.
[[nodiscard]] std::string AddressOf(std::string_view source);

}  // namespace mailtrail::server::api
