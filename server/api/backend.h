#pragma once

// What the whole API stands on. Made by main once the store is open; everything referred to must
// outlive every call.

#include <string>
#include <vector>

#include "server/api/ports.h"
#include "storage/base/clock.h"
#include "storage/feed/hub.h"
#include "storage/index/prepared.h"
#include "storage/log/log.h"
#include "storage/query/events.h"
#include "storage/query/messages.h"

namespace mailtrail::server::api {

// Thread-safe as far as its parts are, and they all are.
struct Backend {
  const query::Events& events;
  const query::Messages& messages;
  const log::Log& log;
  const index::Preparer& preparer;
  feed::Hub& hub;
  const SourceDirectory& sources;
  const Clock& clock;
  HeadersOf headers_of;
  std::string store_id;        // 16 bytes: `meta`'s.
  std::string page_token_key;  // 32 bytes: StoreKeys'.
  // In lower case, as the index set in force has them.
  std::vector<std::string> indexed_headers;
};

}  // namespace mailtrail::server::api
