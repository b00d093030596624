#pragma once

// A store in memory with the API on top of it, for tests of server/api and server/grpc.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "server/api/shared.h"
#include "storage/feed/hub.h"
#include "storage/kv/memory/store.h"
#include "tests/support/event_world.h"
#include "tests/support/fake_clock.h"
#include "tests/support/faulty_store.h"
#include "tests/support/store_builder.h"

namespace mailtrail::test {

// Source 1 is "prod-eu" of 111122223333 in eu-west-1, source 2 "prod-us" of 444455556666 in
// us-east-1.
class FakeDirectory final : public server::api::SourceDirectory {
 public:
  [[nodiscard]] std::vector<server::api::SourceInfo> List() const override;
  [[nodiscard]] std::vector<server::api::RefusalCount> UnattributedRefusals() const override;
};

// The header X-Order-Id is indexed. Events are received a millisecond after each other.
class ApiWorld {
 public:
  ApiWorld() : ApiWorld(nullptr) {}
  // The API goes by `clock`; null: by this world's own.
  explicit ApiWorld(const Clock* clock);

  // Gives the event's sequence, and commits.
  std::uint64_t Add(Facts facts);
  // Many at once, alike but for their message ids "m1" and on.
  void AddMany(int count, const Facts& facts);
  // As given, with SES's JSON.
  std::uint64_t AddEvent(storage::v1::Event event, std::string raw,
                         mail::Form form = storage::v1::FORM_EVENT_PUBLISHING);

  // Damages the store: the log has the sequence no more.
  void LoseRecord(std::uint64_t sequence);

  // A new era; with a floor below which streams may not read any more.
  void Restart(std::uint64_t floor = 1);

  [[nodiscard]] server::api::Shared& shared() { return *shared_; }
  [[nodiscard]] FakeClock& clock() { return clock_; }
  [[nodiscard]] feed::Hub& hub() { return hub_; }
  [[nodiscard]] FaultyStore& store() { return *store_; }
  [[nodiscard]] log::Log& log() { return builder_->log(); }
  // The cursor after a sequence.
  [[nodiscard]] std::string CursorAt(std::uint64_t sequence);

 private:
  void Build();
  std::uint64_t Append(index::NewEvent event);

  FakeClock clock_;
  const Clock& api_clock_;
  FakeDirectory directory_;
  feed::Hub hub_;
  std::unique_ptr<FaultyStore> store_;
  UnixMillis received_ = kWorldStart;
  std::unique_ptr<StoreBuilder> builder_;
  std::unique_ptr<query::Events> events_;
  std::unique_ptr<query::Messages> messages_;
  std::unique_ptr<server::api::Shared> shared_;
};

}  // namespace mailtrail::test
