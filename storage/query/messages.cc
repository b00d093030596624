#include "storage/query/messages.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "storage/base/status.h"
#include "storage/index/by_message.h"
#include "storage/query/record_reader.h"

namespace mailtrail::query {
namespace {

struct MessageRows {
  std::vector<FoundEvent> events;
  bool more = false;  // There are rows beyond kMessageRowsMax.
  std::int64_t rows_read = 0;
};

// Life cycle first, since that is how the keys lie: a bound that is reached cuts off engagement.
absl::StatusOr<MessageRows> ReadMessage(const kv::Snapshot& snapshot,
                                        const mail::MessageKey& message,
                                        std::string_view message_id, log::Sequence as_of) {
  MessageRows rows;
  const auto walk =
      snapshot.NewWalk(kv::FamilyId::kByMessage, kv::PrefixBounds(index::ByMessagePrefix(message)),
                       kv::Direction::kForward);
  for (walk->SeekToFirst(); walk->Valid(); walk->Next()) {
    if (rows.rows_read == kMessageRowsMax) {
      rows.more = true;
      return rows;
    }
    ++rows.rows_read;
    MT_ASSIGN_OR_RETURN(const index::ByMessagePlace place, index::ParseByMessageKey(walk->key()));
    MT_ASSIGN_OR_RETURN(log::RecordView record, log::DecodeRecord(walk->value()));
    if (place.sequence > as_of || record.header.message_id != message_id) continue;
    MT_ASSIGN_OR_RETURN(storage::v1::Event event, ParseEvent(place.sequence, record.body));
    rows.events.push_back({.sequence = place.sequence,
                           .header = std::move(record.header),
                           .event = std::move(event)});
  }
  MT_RETURN_IF_ERROR(walk->status());
  return rows;
}

mail::FoldInput InputOf(const FoundEvent& found) {
  return {
      .event = &found.event, .form = found.header.form, .fingerprint = found.header.fingerprint};
}

// The order in which events are asked for what is told once of a message, its source among it.
bool OriginLess(const FoundEvent& a, const FoundEvent& b) {
  const auto key = [](const FoundEvent& found) {
    return std::make_tuple(found.header.form != storage::v1::FORM_EVENT_PUBLISHING,
                           mail::EventTimeOf(found.event), found.header.fingerprint);
  };
  return key(a) < key(b);
}

// Puts the events in the trail's order. When they are too many, opens and clicks give way: a trail
// exists to show what became of the message.
void CutTrail(MessageAnswer& answer) {
  std::vector<FoundEvent>& trail = answer.trail;
  const auto less = [](const FoundEvent& a, const FoundEvent& b) {
    return mail::TrailLess(InputOf(a), InputOf(b));
  };
  answer.trail_truncated = trail.size() > kTrailEventsMax;
  if (answer.trail_truncated) {
    std::sort(trail.begin(), trail.end(), [&less](const FoundEvent& a, const FoundEvent& b) {
      const mail::Part part_a = mail::PartOf(a.header.type);
      const mail::Part part_b = mail::PartOf(b.header.type);
      return part_a != part_b ? part_a < part_b : less(a, b);
    });
    trail.erase(trail.begin() + kTrailEventsMax, trail.end());
  }
  std::sort(trail.begin(), trail.end(), less);
}

}  // namespace

absl::StatusOr<MessageAnswer> Messages::Get(std::string_view message_id, WithTrail trail) const {
  MessageAnswer answer;
  answer.as_of = log_.head(0);
  MT_ASSIGN_OR_RETURN(const auto snapshot, store_.TakeSnapshot());
  MT_ASSIGN_OR_RETURN(
      MessageRows rows,
      ReadMessage(*snapshot, preparer_.messages().KeyOf(message_id), message_id, answer.as_of));
  if (rows.events.empty()) return absl::NotFoundError("nothing was ever heard of this message");

  std::vector<mail::FoldInput> inputs;
  inputs.reserve(rows.events.size());
  for (const FoundEvent& found : rows.events) inputs.push_back(InputOf(found));
  answer.status = mail::Fold(inputs);
  answer.source =
      std::min_element(rows.events.begin(), rows.events.end(), OriginLess)->header.source;
  answer.engagement_at_least = rows.more;
  answer.cost = {.leading_term = "message",
                 .entries_read = rows.rows_read,
                 .records_read = static_cast<std::int64_t>(rows.events.size())};
  if (trail == WithTrail::kYes) {
    answer.trail = std::move(rows.events);
    CutTrail(answer);
  }
  return answer;
}

}  // namespace mailtrail::query
