#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mailtrail/storage/v1/event.pb.h"
#include "storage/log/record.h"
#include "storage/log/sequence.h"

namespace mailtrail::query {

// An event as it was found: checked against the record, at or below as_of.
struct FoundEvent {
  log::Sequence sequence;
  log::RecordHeader header;
  storage::v1::Event event;
  // SES's JSON; only when asked for, empty when it is gone.
  std::string raw;
};

// What an answer cost, and where it began.
struct Cost {
  // What the scan was led by: a kind of index::kTermKinds ("tag", "recipient"), "message", "time",
  // or "log" when nothing of the filter is indexed; never a value. Points to static storage.
  std::string_view leading_term;
  // Rows that sources walked (of postings, by_message, the log), and what the plan read: ranges of
  // time_map, listings of header Message-IDs, rows that a search by received_time looked at.
  std::int64_t entries_read = 0;
  // Records that were fetched or whose body was parsed.
  std::int64_t records_read = 0;
};

enum class Order : std::uint8_t { kNewestFirst, kOldestFirst };

// With SES's JSON or without.
enum class WithRaw : std::uint8_t { kNo, kYes };

}  // namespace mailtrail::query
