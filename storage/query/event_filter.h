#pragma once

// Which events are asked for. Values are in normal form (server/api made them so); fields are
// ANDed, values within a field ORed, tags ANDed among each other; an empty field does not restrict.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/base/time.h"
#include "storage/mail/event_facts.h"

namespace mailtrail::query {

// Half open: start <= t < end. Either may be absent.
struct TimeRange {
  std::optional<UnixMillis> start;
  std::optional<UnixMillis> end;
  [[nodiscard]] bool empty() const { return !start && !end; }
  [[nodiscard]] bool Contains(UnixMillis t) const {
    return (!start || t >= *start) && (!end || t < *end);
  }
  friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

// A tag or a header with the values it may have; at least one.
struct NamedFilter {
  std::string name;
  std::vector<std::string> values;
  friend bool operator==(const NamedFilter&, const NamedFilter&) = default;
};

struct EventFilter {
  std::vector<std::string> message_ids;
  std::vector<std::string> recipients;  // Affected by the event.
  std::vector<std::string> recipient_domains;
  std::vector<std::string> senders;
  std::vector<NamedFilter> tags;
  std::vector<NamedFilter> headers;
  std::vector<std::string> tenants;
  std::vector<std::string> configuration_sets;
  std::vector<std::string> header_message_ids;
  // Numbers of the sources that remain after source names, accounts and regions; nullopt: all.
  std::optional<std::vector<std::uint16_t>> sources;
  std::vector<mail::EventType> types;
  std::vector<mail::Form> forms;
  TimeRange event_time;  // Of the clamped time.
  TimeRange received_time;
  TimeRange sent_time;

  friend bool operator==(const EventFilter&, const EventFilter&) = default;
};

}  // namespace mailtrail::query
