#include "storage/index/prepared.h"

#include <utility>

#include "storage/base/status.h"
#include "storage/index/index_set.h"
#include "storage/index/terms_of.h"
#include "storage/mail/event_facts.h"
#include "storage/mail/normal_form.h"

namespace mailtrail::index {
namespace {

void TakeIndexedHeaders(const std::vector<storage::v1::Header>& headers,
                        const storage::v1::IndexSet& set, storage::v1::Event& event) {
  for (const storage::v1::Header& header : headers) {
    std::string name = mail::NormalHeaderName(header.name());
    if (!IndexesHeader(set, name)) continue;
    storage::v1::Header& taken = *event.add_indexed_headers();
    taken.set_name(std::move(name));
    taken.set_value(header.value());
  }
}

}  // namespace

std::size_t Prepared::bytes() const {
  return sizeof(*this) + header.message_id.capacity() + body.capacity() + raw.capacity() +
         postings.capacity() * sizeof(PostingTerm) + listings.capacity() * sizeof(Term);
}

Prepared Preparer::Prepare(NewEvent event, const storage::v1::IndexSet& set) const {
  TakeIndexedHeaders(event.headers, set, event.event);
  const std::string& message_id = event.event.mail().message_id();
  const mail::EventType type = mail::TypeOf(event.event);
  Prepared prepared;
  prepared.header = {.kind = log::RecordKind::kEvent,
                     .retention_class = mail::ClassOf(type),
                     .clamped_time = mail::ClampedTimeOf(event.event, kUnixMillisMax),
                     .form = event.form,
                     .type = type,
                     .source = event.source,
                     .index_set = static_cast<std::uint16_t>(set.number()),
                     .fingerprint = fingerprints_.Of(message_id, event.canonical),
                     .message_id = message_id};
  prepared.body = event.event.SerializeAsString();
  prepared.raw = std::move(event.raw);
  Derive(event.event, set, prepared);
  return prepared;
}

absl::StatusOr<Prepared> Preparer::FromRecord(log::Sequence sequence, std::string_view record,
                                              const storage::v1::IndexSet& set) const {
  MT_ASSIGN_OR_RETURN(const log::RecordView view, log::DecodeRecord(record));
  Prepared prepared;
  prepared.sequence = sequence;
  prepared.header = view.header;
  prepared.body = view.body;
  if (view.header.kind != log::RecordKind::kEvent) return prepared;
  storage::v1::Event event;
  if (!event.ParseFromArray(view.body.data(), static_cast<int>(view.body.size()))) {
    return MakeStatus(absl::StatusCode::kDataLoss, "the body of record ", sequence.value,
                      " cannot be read");
  }
  if (event.mail().message_id() != view.header.message_id ||
      mail::TypeOf(event) != view.header.type) {
    return MakeStatus(absl::StatusCode::kDataLoss, "the header of record ", sequence.value,
                      " is about another event than its body");
  }
  Derive(event, set, prepared);
  return prepared;
}

void Preparer::Derive(const storage::v1::Event& event, const storage::v1::IndexSet& set,
                      Prepared& prepared) const {
  prepared.message = messages_.KeyOf(prepared.header.message_id);
  prepared.shard_hash = messages_.ShardHashOf(prepared.header.message_id);
  prepared.part = mail::PartOf(prepared.header.type);
  prepared.event_time = mail::EventTimeOf(event);
  prepared.sent_time = {event.mail().timestamp_ms()};
  TermsOfEvent terms = TermsOf(event, prepared.header.source, set, terms_);
  prepared.postings = std::move(terms.postings);
  prepared.listings = std::move(terms.listings);
}

}  // namespace mailtrail::index
