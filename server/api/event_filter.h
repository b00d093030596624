#pragma once

// An EventFilter of a request: checked, and brought to the normal forms that are indexed.

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "mailtrail/v1/filter.pb.h"
#include "server/api/ports.h"
#include "storage/index/prepared.h"
#include "storage/query/event_filter.h"

namespace mailtrail::server::api {

// What a filter is checked against.
struct FilterWorld {
  const SourceDirectory& sources;
  const std::vector<std::string>& indexed_headers;  // In lower case.
};

// FIELD_INVALID, FIELD_REQUIRED, TOO_MANY_VALUES, FILTER_FIELD_UNSUPPORTED, SOURCE_UNKNOWN,
// HEADER_NOT_INDEXED, each naming the field in its metadata.
[[nodiscard]] absl::StatusOr<query::EventFilter> ToEventFilter(const v1::EventFilter& filter,
                                                               const FilterWorld& world);

// FILTER_NOT_WATCHABLE when only the filter's header Message-IDs narrow it: they are found through
// listings, and nobody is woken by them.
[[nodiscard]] absl::Status CheckWatchable(const query::EventFilter& filter,
                                          const index::Preparer& preparer);

// True when the message, or one inside it, holds a field that this release does not know.
[[nodiscard]] bool HasUnknownFields(const google::protobuf::Message& message);

}  // namespace mailtrail::server::api
