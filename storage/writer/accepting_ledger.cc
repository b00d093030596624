#include "storage/writer/accepting_ledger.h"

#include <algorithm>

#include "storage/base/time.h"
#include "storage/writer/limits.h"

namespace mailtrail::writer {

std::optional<log::Gap> GapUntil(const std::optional<log::Accepting>& stored,
                                 std::uint32_t now_second) {
  if (!stored) return std::nullopt;
  if (stored->accepting &&
      now_second <= stored->stored_second + kAcceptingSeconds + kAcceptingLateSeconds) {
    return std::nullopt;
  }
  const std::uint32_t start = stored->accepting ? stored->stored_second : stored->since_second;
  if (now_second <= start) return std::nullopt;
  return log::Gap{start, now_second};
}

void AcceptingLedger::Lay(bool accepting, std::uint32_t now_second, std::int64_t steady_millis,
                          kv::Batch& batch) {
  laid_.reset();
  const bool changes = !stored_ || stored_->accepting != accepting;
  if (!changes && UntilDue(steady_millis) > std::chrono::milliseconds::zero()) return;

  const std::optional<log::Gap> gap = GapUntil(stored_, now_second);
  log::Accepting row{accepting, now_second, now_second};
  if (accepting) {
    if (gap) log::PutGap(*gap, batch);
    if (!changes && !gap) row.since_second = stored_->since_second;
  } else if (gap) {
    // It began earlier than we say it: with the stored row, or with the heartbeat that did not
    // come.
    row.since_second = gap->start_second;
  }
  log::PutAccepting(row, batch);
  laid_ = Laid{row, steady_millis};
}

void AcceptingLedger::Commit() {
  if (!laid_) return;
  stored_ = laid_->row;
  stored_steady_ = laid_->steady_millis;
  laid_.reset();
}

std::chrono::milliseconds AcceptingLedger::UntilDue(std::int64_t steady_millis) const {
  if (!stored_steady_) return std::chrono::milliseconds::zero();
  const std::int64_t due = *stored_steady_ + kAcceptingSeconds * kMillisPerSecond;
  return std::chrono::milliseconds(std::max<std::int64_t>(due - steady_millis, 0));
}

}  // namespace mailtrail::writer
