#pragma once

// Every event of the log, from `events`: the source of a filter that no index answers. CONTROL
// records do not pass.

#include <optional>
#include <string>
#include <string_view>

#include "storage/kv/store.h"
#include "storage/log/log.h"
#include "storage/query/row_filter.h"
#include "storage/query/walk_source.h"

namespace mailtrail::query {

class LogSource final : public WalkSource {
 public:
  // Fails with kDataLoss when a sequence above the log's floor has no row.
  LogSource(const kv::Snapshot& snapshot, const log::Log& log, const RowFilter& rows,
            const Span& span, Meter& meter);

  [[nodiscard]] std::optional<std::string_view> record() const override { return walk().value(); }

 private:
  [[nodiscard]] std::string KeyOf(log::Sequence sequence) const override;
  [[nodiscard]] absl::StatusOr<Row> Read(const kv::Walk& walk) override;
  [[nodiscard]] absl::Status CheckGap(log::Sequence target,
                                      std::optional<log::Sequence> found) const override;

  const log::Log& log_;
  const RowFilter rows_;
};

}  // namespace mailtrail::query
