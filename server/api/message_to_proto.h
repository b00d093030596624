#pragma once

#include <cstddef>

#include "mailtrail/v1/message.pb.h"
#include "server/api/event_to_proto.h"
#include "storage/query/messages.h"

namespace mailtrail::server::api {

// A message and what became of it. Verdicts, providers, stages and sentences are not worked out in
// this release, and stay empty. The trail ends before the event that would take it beyond
// kTrailBytesMax, and says so in events_truncated.
[[nodiscard]] v1::MailMessage ToProto(const query::MessageAnswer& answer, const EventShape& shape);

}  // namespace mailtrail::server::api
