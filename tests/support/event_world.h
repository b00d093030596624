#pragma once

// A small world for the tests of query and feed: events as plain facts, stores that hold them, and
// what a filter finds among them by looking at each.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "storage/query/event_filter.h"
#include "storage/query/events.h"
#include "storage/query/messages.h"
#include "tests/support/store_builder.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::test {

// 2026-11-20T10:00:00Z.
inline constexpr UnixMillis kWorldStart{1'795'168'800'000};

// What an event says, in normal forms.
struct Facts {
  std::string message_id = "m1";
  mail::EventType type = storage::v1::EVENT_TYPE_SEND;
  mail::Form form = storage::v1::FORM_EVENT_PUBLISHING;
  UnixMillis sent = kWorldStart;
  UnixMillis event_time = kWorldStart;
  UnixMillis received = kWorldStart;
  std::string sender = "news@example.org";
  std::vector<std::string> destination = {"ann@example.com"};
  // Of a Delivery, a DeliveryDelay, a Bounce, a Complaint; other types affect the whole
  // destination.
  std::vector<std::string> about = {"ann@example.com"};
  std::vector<std::string> named;  // Only headers name them.
  std::map<std::string, std::string> tags;
  std::map<std::string, std::string> headers;  // By lower-case name.
  std::string header_message_id;
  std::uint16_t source = 1;

  [[nodiscard]] const std::vector<std::string>& affected() const;
  [[nodiscard]] UnixMillis clamped() const;
};

// `number` makes the event's fingerprint unlike all others.
[[nodiscard]] index::NewEvent MakeEvent(const Facts& facts, std::uint64_t number);

// True when the filter finds the event; written anew, from what the filter's fields mean.
[[nodiscard]] bool Finds(const query::EventFilter& filter, const Facts& facts);

enum class StoreKind { kMemory, kRocks };
[[nodiscard]] std::string NameOf(const ::testing::TestParamInfo<StoreKind>& info);

// A store with events, and what was put into it.
class World {
 public:
  explicit World(StoreKind kind, IndexedNames indexed = {});

  // Gives the sequence. Commit() before reading. Headers that are not indexed are forgotten, as
  // they are in a record.
  std::uint64_t Add(Facts facts);
  void Commit() { builder_->Commit(); }
  // As a restart does; what is indexed may change.
  void Restart(IndexedNames indexed);

  [[nodiscard]] kv::Store& store() { return *store_; }
  [[nodiscard]] StoreBuilder& builder() { return *builder_; }
  [[nodiscard]] query::Events events();
  [[nodiscard]] query::Messages messages();
  [[nodiscard]] log::Sequence head() { return builder_->log().head(0); }
  [[nodiscard]] const std::map<std::uint64_t, Facts>& facts() const { return facts_; }

  // Sequences of the events that the filter finds, ascending.
  [[nodiscard]] std::vector<std::uint64_t> Expected(const query::EventFilter& filter) const;

 private:
  TempDir folder_;
  std::unique_ptr<kv::Store> store_;
  IndexedNames indexed_;
  std::unique_ptr<StoreBuilder> builder_;
  std::map<std::uint64_t, Facts> facts_;
  UnixMillis last_received_ = kWorldStart;
};

// All pages of a listing, one after the other.
struct Listing {
  std::vector<std::uint64_t> sequences;
  std::size_t pages = 0;
  query::Cost cost;  // Of all pages together.
};
// `scan`: filter, order and bounds; REQUIRES: as_of is set.
[[nodiscard]] Listing ListAll(const query::Events& events, query::Scan scan);

// Makes a sequence of numbers out of events, for comparing.
[[nodiscard]] std::vector<std::uint64_t> SequencesOf(const std::vector<query::FoundEvent>& events);

}  // namespace mailtrail::test
