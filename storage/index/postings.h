#pragma once

// postings: events by term, in the log's order. Pages, live watches, catch-up and consumers are all
// seeks in here.
//
//   key   := term u64, sequence u64
//   value := class u8, type u8, form u8, clamped u48, involvement u8, source u16, shard hash u16

#include <string>

#include "absl/status/statusor.h"
#include "storage/index/projection.h"

namespace mailtrail::index {

[[nodiscard]] std::string PostingsPrefix(Term term);
[[nodiscard]] std::string PostingsKey(Term term, log::Sequence sequence);

struct PostingRow {
  mail::RetentionClass retention_class;
  mail::EventType type;
  mail::Form form;
  UnixMillis clamped_time;
  mail::Involvement involvement;
  std::uint16_t source;
  std::uint16_t shard_hash;
  friend bool operator==(const PostingRow&, const PostingRow&) = default;
};
[[nodiscard]] absl::StatusOr<PostingRow> ParsePostingRow(std::string_view value);
[[nodiscard]] absl::StatusOr<log::Sequence> SequenceOfPostingsKey(std::string_view key);

[[nodiscard]] std::unique_ptr<Projection> MakePostings();

}  // namespace mailtrail::index
