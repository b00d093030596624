#include "ingest/intake/quarantine_keeper.h"

#include <memory>
#include <utility>

#include "ingest/intake/limits.h"
#include "storage/base/status.h"
#include "storage/local/quarantine.h"

namespace mailtrail::ingest {

absl::StatusOr<std::unique_ptr<QuarantineKeeper>> QuarantineKeeper::Open(kv::Store& store,
                                                                         writer::Writer& writer,
                                                                         const Clock& clock,
                                                                         const StoreKeys& keys,
                                                                         MetricRegistry& metrics) {
  MT_ASSIGN_OR_RETURN(const auto snapshot, store.TakeSnapshot());
  MT_ASSIGN_OR_RETURN(const auto rows, local::ListQuarantine(*snapshot));
  std::unique_ptr<QuarantineKeeper> keeper(new QuarantineKeeper(
      store, writer, clock, keys,
      metrics.GetGauge("mailtrail_intake_quarantine_bytes",
                       "Texts of genuine pushes that could not be read, waiting for a fix.", {})));
  for (const auto& row : rows) {
    if (!keeper->Reserve(row.push.message().size())) break;
  }
  return keeper;
}

bool QuarantineKeeper::Reserve(std::size_t bytes) {
  MutexLock lock(mu_);
  if (bytes_ + bytes > kQuarantineBytesMax) return false;
  bytes_ += bytes;
  bytes_gauge_.Set(static_cast<double>(bytes_));
  return true;
}

void QuarantineKeeper::Release(std::size_t bytes) {
  MutexLock lock(mu_);
  bytes_ -= bytes;
  bytes_gauge_.Set(static_cast<double>(bytes_));
}

void QuarantineKeeper::Keep(const sns::GenuinePush& push, std::string_view reason,
                            std::string_view detail, std::function<void(absl::Status)> done) {
  local::QuarantineRow row;
  const std::string topic = push.topic.text;
  row.key = local::PushKeyOf(keys_, topic, push.message_id);
  {
    // A redelivery takes no second row.
    const auto snapshot = store_.TakeSnapshot();
    if (!snapshot.ok()) return done(snapshot.status());
    const auto kept = local::GetQuarantined(**snapshot, row.key);
    if (kept.ok() || !absl::IsNotFound(kept.status())) return done(kept.status());
  }
  // Two deliveries at the same moment are both counted: the bound errs to the safe side.
  const std::size_t bytes = push.message.size();
  if (!Reserve(bytes)) return done(absl::ResourceExhaustedError("the quarantine is full"));
  row.push.set_topic_arn(topic);
  row.push.set_sns_message_id(push.message_id);
  row.push.set_source_number(push.source->number);
  row.push.set_reason(std::string(reason));
  row.push.set_detail(std::string(detail));
  row.push.set_received_ms(clock_.Now().value);
  row.push.set_sns_timestamp_ms(push.signed_time.value);
  row.push.set_message(push.message);
  writer::PutRows command;
  local::PutQuarantined(row, command.local_rows);
  writer_.Submit(std::move(command),
                 [this, bytes, done = std::move(done)](absl::StatusOr<writer::Outcome> outcome) {
                   if (!outcome.ok()) Release(bytes);
                   done(outcome.status());
                 });
}

}  // namespace mailtrail::ingest
