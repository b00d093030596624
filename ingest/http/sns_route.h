#pragma once

#include "ingest/http/message.h"
#include "ingest/intake/intake.h"

namespace mailtrail::ingest::http {

// Where SNS posts to. SNS retries what got 5xx, and drops for good what got 4xx, so a 4xx is only
// for what no waiting could mend:
//
//   200  durable, or was already; kept in quarantine; or nothing to keep
//   400, 413, 403  malformed, too large, not genuine or not for us
//   503  everything that hangs on our state
inline constexpr char kSnsPath[] = "/v1/sns";

// The status that an outcome is answered with.
[[nodiscard]] int StatusOf(Outcome::Kind kind);

// `intake` must outlive the route.
[[nodiscard]] Route SnsRoute(Intake& intake);

}  // namespace mailtrail::ingest::http
