#include "storage/query/page.h"

#include <algorithm>
#include <string>
#include <utility>

#include "storage/base/status.h"
#include "storage/log/local_log.h"
#include "storage/query/matches.h"
#include "storage/query/record_reader.h"

namespace mailtrail::query {
namespace {

// Records that are fetched together: enough to share blocks, few enough that little is read in vain
// when a page fills up by its bytes.
constexpr std::size_t kGroupMax = 16;

}  // namespace

bool Page::full() const {
  return events_.size() >= scan_.events_max || bytes_ >= scan_.bytes_max ||
         records_read_ >= kRecordsReadMax;
}

std::size_t Page::GroupSize() const {
  return std::min({kGroupMax, scan_.events_max - events_.size(),
                   static_cast<std::size_t>(kRecordsReadMax - records_read_)});
}

absl::Status Page::Add(log::Sequence sequence, std::optional<std::string_view> record) {
  if (!record) {
    put_by_.push_back(sequence);
    return put_by_.size() >= GroupSize() ? Flush() : absl::OkStatus();
  }
  MT_RETURN_IF_ERROR(Flush());
  return full() ? absl::OkStatus() : Judge(sequence, *record, /*fetched=*/false);
}

absl::Status Page::Flush() {
  if (put_by_.empty()) return absl::OkStatus();
  std::vector<std::string> keys;
  keys.reserve(put_by_.size());
  for (const log::Sequence sequence : put_by_) keys.push_back(log::EventsKey(sequence));
  MT_ASSIGN_OR_RETURN(const auto records, parts_.snapshot.MultiGet(kv::FamilyId::kEvents, keys));
  // Asked after reading: the floor rises before anything below it goes.
  const log::Sequence floor = parts_.log.floor(0);
  for (std::size_t i = 0; i < records.size() && !full(); ++i) {
    const log::Sequence sequence = put_by_[i];
    ++records_read_;
    if (records[i]) {
      MT_RETURN_IF_ERROR(Judge(sequence, *records[i], /*fetched=*/true));
    } else if (sequence >= floor) {
      return MakeStatus(absl::StatusCode::kDataLoss, "an index names record ", sequence.value,
                        ", which the log does not have");
    } else {
      judged_ = sequence;
    }
  }
  put_by_.clear();
  return absl::OkStatus();
}

absl::Status Page::Judge(log::Sequence sequence, std::string_view record, bool fetched) {
  judged_ = sequence;
  MT_ASSIGN_OR_RETURN(log::RecordView view, log::DecodeRecord(record));
  if (view.header.kind != log::RecordKind::kEvent || !MatchesHeader(*scan_.filter, view.header)) {
    return absl::OkStatus();
  }
  MT_ASSIGN_OR_RETURN(storage::v1::Event event, ParseEvent(sequence, view.body));
  if (!fetched) ++records_read_;
  if (!MatchesBody(*scan_.filter, event)) return absl::OkStatus();
  std::string raw;
  if (scan_.raw == WithRaw::kYes) {
    const mail::MessageKey message = parts_.preparer.messages().KeyOf(view.header.message_id);
    MT_ASSIGN_OR_RETURN(raw, ReadRaw(parts_.snapshot, message, sequence));
  }
  bytes_ += record.size() + raw.size();
  events_.push_back({.sequence = sequence,
                     .header = std::move(view.header),
                     .event = std::move(event),
                     .raw = std::move(raw)});
  return absl::OkStatus();
}

}  // namespace mailtrail::query
