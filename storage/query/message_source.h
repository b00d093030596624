#pragma once

// The events of one part of one message, from `by_message`. Two messages may share a key: who takes
// a record compares the id in it.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "storage/kv/store.h"
#include "storage/mail/event_facts.h"
#include "storage/mail/message_id.h"
#include "storage/query/row_filter.h"
#include "storage/query/walk_source.h"

namespace mailtrail::query {

struct MessagePart {
  mail::MessageKey message;
  mail::Part part;
};

// The keys of the part's rows within the span.
[[nodiscard]] kv::Bounds MessageBounds(const MessagePart& part, const Span& span);

class MessageSource final : public WalkSource {
 public:
  MessageSource(const kv::Snapshot& snapshot, const MessagePart& part, const RowFilter& rows,
                const Span& span, Meter& meter);

  [[nodiscard]] std::optional<std::string_view> record() const override { return walk().value(); }

 private:
  [[nodiscard]] std::string KeyOf(log::Sequence sequence) const override;
  [[nodiscard]] absl::StatusOr<Row> Read(const kv::Walk& walk) override;

  const MessagePart part_;
  const RowFilter rows_;
};

}  // namespace mailtrail::query
