#include "tests/support/api_world.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/log/local_log.h"
#include "storage/log/meta.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

// What main takes from ingest: here, one header that says what it was read from.
std::vector<storage::v1::Header> HeadersIn(std::string_view json) {
  storage::v1::Header header;
  header.set_name("X-Json-Bytes");
  header.set_value(absl::StrCat(json.size()));
  return {header};
}

}  // namespace

std::vector<server::api::SourceInfo> FakeDirectory::List() const {
  return {{.number = 2,
           .name = "prod-us",
           .account_id = "444455556666",
           .region = "us-east-1",
           .topic_patterns = {"arn:aws:sns:us-east-1:444455556666:ses-*"},
           .topics = {{.arn = "arn:aws:sns:us-east-1:444455556666:ses-1",
                       .subscription = server::api::SubscriptionState::kConfirmed,
                       .subscription_changed = kWorldStart,
                       .validated = kWorldStart}},
           .last_push = kWorldStart,
           .last_push_sns = kWorldStart,
           .stored = 9'007'199'254'740'993,
           .duplicates = 2,
           .ignored = 3,
           .quarantined = 4,
           .refusals = {{.reason = "signature_mismatch", .http_status = 403, .count = 5}}},
          {.number = 1, .name = "prod-eu", .account_id = "111122223333", .region = "eu-west-1"}};
}

std::vector<server::api::RefusalCount> FakeDirectory::UnattributedRefusals() const {
  return {{.reason = "not_json", .http_status = 400, .count = 6}};
}

ApiWorld::ApiWorld(const Clock* clock)
    : api_clock_(clock == nullptr ? clock_ : *clock),
      store_(std::make_unique<FaultyStore>(std::make_unique<kv::memory::MemoryStore>())) {
  Build();
}

void ApiWorld::Build() {
  shared_.reset();
  builder_ = std::make_unique<StoreBuilder>(
      *store_, received_, IndexedNames{.automatic_tags = {}, .headers = {"x-order-id"}});
  builder_->set_listener(&hub_);
  events_ = std::make_unique<query::Events>(*store_, builder_->log(), builder_->preparer());
  messages_ = std::make_unique<query::Messages>(*store_, builder_->log(), builder_->preparer());
  shared_ = std::make_unique<server::api::Shared>(
      server::api::Backend{.events = *events_,
                           .messages = *messages_,
                           .log = builder_->log(),
                           .preparer = builder_->preparer(),
                           .hub = hub_,
                           .sources = directory_,
                           .clock = api_clock_,
                           .headers_of = HeadersIn,
                           .store_id = std::string(16, 's'),
                           .page_token_key = std::string(32, 'k'),
                           .indexed_headers = {"x-order-id"}});
}

std::uint64_t ApiWorld::Append(index::NewEvent event) {
  ++received_.value;
  return builder_->Append(std::move(event), received_).value;
}

std::uint64_t ApiWorld::Add(Facts facts) {
  const std::uint64_t sequence = Append(MakeEvent(facts, builder_->last().value + 1));
  builder_->Commit();
  return sequence;
}

void ApiWorld::AddMany(int count, const Facts& facts) {
  for (int i = 1; i <= count; ++i) {
    Facts one = facts;
    one.message_id = absl::StrCat("m", i);
    (void)Append(MakeEvent(one, builder_->last().value + 1));
  }
  builder_->Commit();
}

std::uint64_t ApiWorld::AddEvent(storage::v1::Event event, std::string raw, mail::Form form) {
  const std::uint64_t sequence =
      Append({.event = std::move(event),
              .form = form,
              .canonical = absl::StrCat("event ", builder_->last().value + 1),
              .headers = {},
              .raw = std::move(raw),
              .source = 1});
  builder_->Commit();
  return sequence;
}

void ApiWorld::LoseRecord(std::uint64_t sequence) {
  kv::Batch batch;
  batch.Delete(kv::FamilyId::kEvents, log::EventsKey({sequence}));
  EXPECT_OK(store_->Write(batch, kv::Durability::kSynced));
}

void ApiWorld::Restart(std::uint64_t floor) {
  received_.value += kMillisPerSecond;  // Eras of one second are not told apart.
  kv::Batch batch;
  log::PutFloor({floor}, batch);
  EXPECT_OK(store_->Write(batch, kv::Durability::kSynced));
  Build();
}

std::string ApiWorld::CursorAt(std::uint64_t sequence) {
  return shared_->cursors().At(builder_->log().eras(), {sequence});
}

}  // namespace mailtrail::test
