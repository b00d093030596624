#include "tests/storage/writer/model.h"

#include <algorithm>
#include <map>
#include <set>

#include "storage/base/codec.h"
#include "storage/base/text.h"
#include "storage/index/time_map.h"
#include "storage/log/local_log.h"
#include "storage/log/raw.h"
#include "storage/mail/event_facts.h"

namespace mailtrail::writer {
namespace {

using index::TermKind;
using kv::FamilyId;
using mail::Involvement;
using storage::v1::Event;

std::string DomainIn(const std::string& address) { return address.substr(address.find('@') + 1); }

// Each address with its strongest involvement. Random events hold normal forms only.
std::map<std::string, Involvement> Involved(const Event& event) {
  std::map<std::string, Involvement> involved;
  const auto raise = [&](const std::string& address, Involvement involvement) {
    involved[address] = std::max(involved[address], involvement);
  };
  for (const std::string& address : event.named_addresses()) raise(address, Involvement::kNamed);
  for (const std::string& address : event.mail().destination()) {
    raise(address, Involvement::kAddressed);
  }
  for (const std::string& address : mail::AffectedOf(event)) raise(address, Involvement::kAffected);
  return involved;
}

}  // namespace

std::string Model::BodyOf(const index::NewEvent& event) const {
  Event body = event.event;
  for (const storage::v1::Header& header : event.headers) *body.add_indexed_headers() = header;
  return body.SerializeAsString();
}

bool Model::Has(const index::NewEvent& event) const {
  return std::ranges::any_of(committed_, [&](const Committed& committed) {
    return committed.event.canonical == event.canonical &&
           committed.event.event.mail().message_id() == event.event.mail().message_id();
  });
}

void Model::Commit(const index::NewEvent& event, UnixMillis received) {
  Committed committed{.sequence = head() + 1, .event = event, .header = {}};
  const std::string& message_id = event.event.mail().message_id();
  const mail::EventType type = mail::TypeOf(event.event);
  committed.header = {
      .kind = log::RecordKind::kEvent,
      .retention_class = mail::ClassOf(type),
      .clamped_time = std::min(
          received, std::max(mail::EventTimeOf(event.event), {event.event.mail().timestamp_ms()})),
      .received_time = received,
      .form = event.form,
      .type = type,
      .source = event.source,
      .index_set = static_cast<std::uint16_t>(set_.number()),
      .fingerprint = preparer_.fingerprints().Of(message_id, event.canonical),
      .message_id = message_id};
  committed_.push_back(std::move(committed));
}

std::string Model::RecordOf(std::uint64_t sequence) const {
  const Committed& committed = committed_.at(sequence - 2);
  return log::EncodeRecord(committed.header, BodyOf(committed.event));
}

std::vector<Model::Term> Model::TermsOf(const Committed& committed) const {
  const Event& event = committed.event.event;
  std::vector<Term> terms;
  const auto add = [&](TermKind kind, const std::string& normal, bool posting = true,
                       Involvement involvement = Involvement::kAffected) {
    terms.push_back({preparer_.terms().Of(kind, normal), involvement, posting,
                     involvement != Involvement::kNamed});
  };
  for (const auto& [address, involvement] : Involved(event)) {
    add(TermKind::kRecipient, address, true, involvement);
    if (involvement == Involvement::kNamed) continue;
    add(TermKind::kRecipientDomain, DomainIn(address), true, involvement);
  }
  for (const storage::v1::Tag& tag : event.mail().tags()) {
    if (tag.name() == "campaign") {
      add(TermKind::kTag, "campaign" + std::string(1, '\0') + tag.values(0));
    }
    if (tag.name() == "ses:configuration-set") add(TermKind::kConfigurationSet, tag.values(0));
    if (tag.name() == "ses:tenant-name") add(TermKind::kTenant, tag.values(0));
  }
  for (const storage::v1::Header& header : committed.event.headers) {
    add(TermKind::kHeader, "x-order-id" + std::string(1, '\0') + header.value());
  }
  add(TermKind::kSender, event.mail().source());
  if (const std::string& id = event.mail().header_message_id(); !id.empty()) {
    add(TermKind::kHeaderMessageId, id, false);
  }
  if (const int type = committed.header.type;
      type != storage::v1::EVENT_TYPE_SEND && type != storage::v1::EVENT_TYPE_DELIVERY &&
      type != storage::v1::EVENT_TYPE_OPEN && type != storage::v1::EVENT_TYPE_CLICK) {
    add(TermKind::kType, std::string(1, static_cast<char>(type)));
  }
  add(TermKind::kSource, std::string("\0", 1) + static_cast<char>(committed.event.source), false);
  if (!mail::SettlesAll(event)) add(TermKind::kUnsettled, "", false);
  add(TermKind::kAll, "", false);
  return terms;
}

void Model::AddPostings(const Committed& committed, test::StoredRows& rows) const {
  std::map<std::uint64_t, Involvement> strongest;
  for (const Term& term : TermsOf(committed)) {
    if (!term.posting) continue;
    strongest[term.hash.hash] = std::max(strongest[term.hash.hash], term.involvement);
  }
  for (const auto& [hash, involvement] : strongest) {
    std::string key;
    AppendU64(key, hash);
    AppendU64(key, committed.sequence);
    std::string& value = rows[key];
    AppendU8(value, static_cast<std::uint8_t>(committed.header.retention_class));
    AppendU8(value, static_cast<std::uint8_t>(committed.header.type));
    AppendU8(value, static_cast<std::uint8_t>(committed.header.form));
    AppendU48(value, static_cast<std::uint64_t>(committed.header.clamped_time.value));
    AppendU8(value, static_cast<std::uint8_t>(involvement));
    AppendU16(value, committed.header.source);
    AppendU16(value, preparer_.messages().ShardHashOf(committed.header.message_id));
  }
}

void Model::AddListings(const Committed& committed, test::StoredRows& rows) const {
  for (const Term& term : TermsOf(committed)) {
    if (!term.listing) continue;
    std::string key;
    AppendU64(key, term.hash.hash);
    AppendU32(key, static_cast<std::uint32_t>(committed.event.event.mail().timestamp_ms() / 1000));
    key += preparer_.messages().KeyOf(committed.header.message_id).view();
    rows[key] = "";
  }
}

test::StoredRows Model::TimeMap() const {
  std::map<std::uint32_t, std::vector<index::SequenceRange>> hours;
  for (const Committed& committed : committed_) {
    index::AddToRanges({committed.sequence}, hours[HourOf(committed.header.clamped_time)]);
  }
  test::StoredRows rows;
  for (const auto& [hour, ranges] : hours) {
    rows[index::TimeMapKey(hour)] = index::EncodeTimeMapRow(ranges);
  }
  return rows;
}

test::StoredRows Model::RowsOf(FamilyId family) const {
  if (family == FamilyId::kTimeMap) return TimeMap();
  test::StoredRows rows;
  for (const Committed& committed : committed_) {
    const log::RecordHeader& header = committed.header;
    std::string key;
    std::string value;
    if (family == FamilyId::kPostings) AddPostings(committed, rows);
    if (family == FamilyId::kListings) AddListings(committed, rows);
    if (family == FamilyId::kEvents) {
      AppendU64(key, committed.sequence);
      rows[key] = RecordOf(committed.sequence);
    }
    if (family == FamilyId::kRaw || family == FamilyId::kByMessage) {
      key = preparer_.messages().KeyOf(header.message_id).view();
      if (family == FamilyId::kByMessage) {
        AppendU8(key, header.retention_class == mail::RetentionClass::kEngagement ? 1 : 0);
      }
      AppendU64(key, committed.sequence);
      rows[key] =
          family == FamilyId::kByMessage
              ? RecordOf(committed.sequence)
              : log::EncodeRaw(header.retention_class, header.clamped_time, committed.event.raw);
    }
    if (family == FamilyId::kSeen) {
      AppendU32(key, static_cast<std::uint32_t>(mail::EventTimeOf(committed.event.event).value /
                                                kMillisPerMinute));
      key += header.fingerprint.view();
      AppendU64(value, committed.sequence);
      AppendU8(value, static_cast<std::uint8_t>(header.retention_class));
      AppendU32(value, static_cast<std::uint32_t>(header.clamped_time.value / kMillisPerHour));
      rows[key] = value;
    }
  }
  return rows;
}

}  // namespace mailtrail::writer
