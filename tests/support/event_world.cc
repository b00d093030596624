#include "tests/support/event_world.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/base/logger.h"
#include "storage/base/metrics.h"
#include "storage/kv/memory/store.h"
#include "storage/kv/rocks/open.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

using storage::v1::Event;

template <typename Repeated>
void Fill(Repeated* repeated, const std::vector<std::string>& addresses) {
  for (const std::string& address : addresses) repeated->Add()->set_address(address);
}
void Fill(google::protobuf::RepeatedPtrField<std::string>* repeated,
          const std::vector<std::string>& addresses) {
  repeated->Assign(addresses.begin(), addresses.end());
}

void FillDetail(const Facts& facts, Event& event) {
  switch (facts.type) {
    case storage::v1::EVENT_TYPE_SEND:
      event.mutable_send();
      break;
    case storage::v1::EVENT_TYPE_DELIVERY:
      Fill(event.mutable_delivery()->mutable_recipients(), facts.about);
      break;
    case storage::v1::EVENT_TYPE_DELIVERY_DELAY:
      Fill(event.mutable_delivery_delay()->mutable_recipients(), facts.about);
      break;
    case storage::v1::EVENT_TYPE_BOUNCE:
      event.mutable_bounce()->set_bounce_type("Permanent");
      Fill(event.mutable_bounce()->mutable_recipients(), facts.about);
      break;
    case storage::v1::EVENT_TYPE_COMPLAINT:
      Fill(event.mutable_complaint()->mutable_recipients(), facts.about);
      break;
    case storage::v1::EVENT_TYPE_REJECT:
      event.mutable_reject()->set_reason("Bad content");
      break;
    case storage::v1::EVENT_TYPE_RENDERING_FAILURE:
      event.mutable_rendering_failure();
      break;
    case storage::v1::EVENT_TYPE_OPEN:
      event.mutable_open();
      break;
    case storage::v1::EVENT_TYPE_CLICK:
      event.mutable_click();
      break;
    case storage::v1::EVENT_TYPE_SUBSCRIPTION:
      event.mutable_subscription();
      break;
    default:
      break;  // OTHER has no detail.
  }
}

bool IsOneOf(const std::vector<std::string>& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// A field of one value: not asked for, or the value is among those asked for.
bool Agrees(const std::vector<std::string>& asked, const std::string& value) {
  return asked.empty() || IsOneOf(asked, value);
}

std::string ValueOf(const std::map<std::string, std::string>& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? "" : found->second;
}

std::string DomainOfAddress(const std::string& address) {
  return address.substr(address.find('@') + 1);
}

bool FindsAddresses(const query::EventFilter& filter, const Facts& facts) {
  bool recipient = filter.recipients.empty();
  bool domain = filter.recipient_domains.empty();
  for (const std::string& address : facts.affected()) {
    if (IsOneOf(filter.recipients, address)) recipient = true;
    if (IsOneOf(filter.recipient_domains, DomainOfAddress(address))) domain = true;
  }
  return recipient && domain;
}

bool FindsTimes(const query::EventFilter& filter, const Facts& facts) {
  const auto within = [](const query::TimeRange& range, UnixMillis t) {
    return !(range.start && t < *range.start) && !(range.end && t >= *range.end);
  };
  return within(filter.event_time, facts.clamped()) &&
         within(filter.received_time, facts.received) && within(filter.sent_time, facts.sent);
}

std::unique_ptr<kv::Store> OpenStore(StoreKind kind, const std::filesystem::path& folder) {
  if (kind == StoreKind::kMemory) return std::make_unique<kv::memory::MemoryStore>();
  auto store = kv::rocks::Open({.folder = folder / "db",
                                .cache_bytes = std::size_t{16} << 20,
                                .write_buffers_bytes = std::size_t{16} << 20},
                               NoLogger(), NoMetrics());
  EXPECT_OK(store);
  return *std::move(store);
}

}  // namespace

const std::vector<std::string>& Facts::affected() const {
  const bool names =
      type == storage::v1::EVENT_TYPE_DELIVERY || type == storage::v1::EVENT_TYPE_DELIVERY_DELAY ||
      type == storage::v1::EVENT_TYPE_BOUNCE || type == storage::v1::EVENT_TYPE_COMPLAINT;
  return names ? about : destination;
}

UnixMillis Facts::clamped() const { return std::min(std::max(event_time, sent), received); }

index::NewEvent MakeEvent(const Facts& facts, std::uint64_t number) {
  index::NewEvent made;
  Event& event = made.event;
  event.set_event_time_ms(facts.event_time.value);
  storage::v1::Mail& mail = *event.mutable_mail();
  mail.set_timestamp_ms(facts.sent.value);
  mail.set_message_id(facts.message_id);
  mail.set_source(facts.sender);
  mail.set_header_message_id(facts.header_message_id);
  Fill(mail.mutable_destination(), facts.destination);
  Fill(event.mutable_named_addresses(), facts.named);
  for (const auto& [name, value] : facts.tags) {
    storage::v1::Tag& tag = *mail.add_tags();
    tag.set_name(name);
    tag.add_values(value);
  }
  FillDetail(facts, event);
  made.form = facts.form;
  made.canonical = absl::StrCat("event ", number);
  for (const auto& [name, value] : facts.headers) {
    storage::v1::Header& header = made.headers.emplace_back();
    header.set_name(name);
    header.set_value(value);
  }
  made.raw = absl::StrCat("{\"number\":", number, "}");
  made.source = facts.source;
  return made;
}

bool Finds(const query::EventFilter& filter, const Facts& facts) {
  for (const query::NamedFilter& tag : filter.tags) {
    if (!facts.tags.contains(tag.name) || !IsOneOf(tag.values, facts.tags.at(tag.name))) {
      return false;
    }
  }
  for (const query::NamedFilter& header : filter.headers) {
    if (!facts.headers.contains(header.name) ||
        !IsOneOf(header.values, facts.headers.at(header.name))) {
      return false;
    }
  }
  const auto one_of = [](const auto& asked, const auto value) {
    return asked.empty() || std::find(asked.begin(), asked.end(), value) != asked.end();
  };
  const bool source_agrees =
      !filter.sources || std::find(filter.sources->begin(), filter.sources->end(), facts.source) !=
                             filter.sources->end();
  return source_agrees && one_of(filter.types, facts.type) && one_of(filter.forms, facts.form) &&
         Agrees(filter.message_ids, facts.message_id) && Agrees(filter.senders, facts.sender) &&
         Agrees(filter.tenants, ValueOf(facts.tags, "ses:tenant-name")) &&
         Agrees(filter.configuration_sets, ValueOf(facts.tags, "ses:configuration-set")) &&
         Agrees(filter.header_message_ids, facts.header_message_id) &&
         FindsAddresses(filter, facts) && FindsTimes(filter, facts);
}

std::string NameOf(const ::testing::TestParamInfo<StoreKind>& info) {
  return info.param == StoreKind::kMemory ? "Memory" : "Rocks";
}

World::World(StoreKind kind, IndexedNames indexed)
    : store_(OpenStore(kind, folder_.path())),
      indexed_(std::move(indexed)),
      builder_(std::make_unique<StoreBuilder>(*store_, kWorldStart, indexed_)) {}

std::uint64_t World::Add(Facts facts) {
  last_received_ = facts.received;
  const std::uint64_t next = builder_->last().value + 1;
  const log::Sequence given = builder_->Append(MakeEvent(facts, next), facts.received);
  EXPECT_EQ(given.value, next);
  std::erase_if(facts.headers,
                [this](const auto& header) { return !IsOneOf(indexed_.headers, header.first); });
  facts_.emplace(next, std::move(facts));
  return next;
}

void World::Restart(IndexedNames indexed) {
  builder_.reset();
  EXPECT_OK(store_->Reopen());
  indexed_ = std::move(indexed);
  builder_ = std::make_unique<StoreBuilder>(*store_, last_received_, indexed_);
}

query::Events World::events() { return {*store_, builder_->log(), builder_->preparer()}; }

query::Messages World::messages() { return {*store_, builder_->log(), builder_->preparer()}; }

std::vector<std::uint64_t> World::Expected(const query::EventFilter& filter) const {
  std::vector<std::uint64_t> expected;
  for (const auto& [sequence, facts] : facts_) {
    if (Finds(filter, facts)) expected.push_back(sequence);
  }
  return expected;
}

Listing ListAll(const query::Events& events, query::Scan scan) {
  Listing listing;
  for (bool more = true; more && listing.pages < 100'000; ++listing.pages) {
    const auto page = events.Run(scan);
    EXPECT_OK(page);
    if (!page.ok()) return listing;
    for (const query::FoundEvent& found : page->events) {
      listing.sequences.push_back(found.sequence.value);
    }
    listing.cost.leading_term = page->cost.leading_term;
    listing.cost.entries_read += page->cost.entries_read;
    listing.cost.records_read += page->cost.records_read;
    EXPECT_LE(page->events.size(), scan.events_max);
    if (!page->exhausted && scan.after) {
      EXPECT_NE(page->position, *scan.after) << "a page that does not get on";
      if (page->position == *scan.after) return listing;
    }
    scan.after = page->position;
    more = !page->exhausted;
  }
  return listing;
}

std::vector<std::uint64_t> SequencesOf(const std::vector<query::FoundEvent>& events) {
  std::vector<std::uint64_t> sequences;
  sequences.reserve(events.size());
  for (const query::FoundEvent& found : events) sequences.push_back(found.sequence.value);
  return sequences;
}

}  // namespace mailtrail::test
