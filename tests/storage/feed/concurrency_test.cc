// A watcher that adds itself and then reads misses nothing, whatever is committed meanwhile.

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "storage/base/mutex.h"
#include "storage/feed/hub.h"
#include "storage/feed/reader.h"
#include "tests/support/event_world.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

using feed::Hub;
using feed::Reader;
using query::EventFilter;

constexpr int kRounds = 400;

// Woken or not: what a pump waits for.
class Signal {
 public:
  void Set() {
    MutexLock lock(mu_);
    set_ = true;
    changed_.NotifyOne();
  }
  void Wait() {
    MutexLock lock(mu_);
    while (!set_) changed_.Wait(mu_);
    set_ = false;
  }

 private:
  Mutex mu_;
  CondVar changed_;
  bool set_ ABSL_GUARDED_BY(mu_) = false;
};

// Watches until it has seen the event of recipient "end@example.com", which comes last.
std::vector<std::uint64_t> Watch(const query::Events& events, const log::Log& log, Hub& hub,
                                 const EventFilter& filter, const index::Preparer& preparer) {
  const auto signal = std::make_shared<Signal>();
  const feed::WatcherId id =
      hub.Add(feed::InterestOf(filter, preparer), [signal] { signal->Set(); });
  Reader reader(events, log, filter, {0});
  std::vector<std::uint64_t> seen;
  for (bool ended = false; !ended;) {
    const auto step = reader.Next(7, query::WithRaw::kNo);
    EXPECT_OK(step);
    if (!step.ok()) break;
    for (const query::FoundEvent& found : step->events) {
      seen.push_back(found.sequence.value);
      ended = ended || found.event.mail().destination(0) == "end@example.com";
    }
    if (!ended && step->at_head) signal->Wait();
  }
  hub.Remove(id);
  return seen;
}

class ConcurrencyTest : public ::testing::TestWithParam<StoreKind> {};

TEST_P(ConcurrencyTest, WatchersThatComeAtAnyTimeSeeEveryEventOnceAndInOrder) {
  World world(GetParam());
  Hub hub;
  world.builder().set_listener(&hub);
  const query::Events events = world.events();
  const log::Log& log = world.builder().log();
  const index::Preparer& preparer = world.builder().preparer();
  const std::vector<EventFilter> filters = {{},
                                            {.recipients = {"ann@example.com", "end@example.com"}},
                                            {.recipient_domains = {"example.com"}},
                                            {.message_ids = {"m1", "end"}}};

  std::vector<std::vector<std::uint64_t>> seen(filters.size());
  std::atomic<int> committed = 0;
  std::vector<std::thread> threads;
  threads.reserve(filters.size());
  for (std::size_t i = 0; i < filters.size(); ++i) {
    threads.emplace_back([&, i] {
      // The later ones come while the writer is at work.
      while (committed.load() < static_cast<int>(i) * 20) std::this_thread::yield();
      seen[i] = Watch(events, log, hub, filters[i], preparer);
    });
  }
  for (int i = 0; i < kRounds; ++i) {
    for (int n = 0; n <= i % 3; ++n) {
      world.Add({.message_id = "m" + std::to_string(i % 5),
                 .destination = {n == 0 ? "ann@example.com" : "bob@example.net"}});
    }
    world.Commit();
    committed.store(i + 1);
  }
  world.Add({.message_id = "end", .destination = {"end@example.com"}});
  world.Commit();
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < filters.size(); ++i) {
    EXPECT_EQ(seen[i], world.Expected(filters[i])) << "watcher " << i;
  }
  EXPECT_EQ(hub.size(), 0U);
}

TEST_P(ConcurrencyTest, NobodyIsWokenOnceRemoveHasReturned) {
  Hub hub;
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    const std::vector<index::Prepared> events(1);
    while (!stop.load()) hub.OnCommit(events, {1});
  });
  for (int i = 0; i < kRounds; ++i) {
    auto gone = std::make_unique<int>(0);
    std::atomic<bool> woken = false;
    const feed::WatcherId id = hub.Add({}, [&woken, state = gone.get()] {
      ++*state;
      woken.store(true);
    });
    if (i % 2 == 0) {
      while (!woken.load()) std::this_thread::yield();
    }
    hub.Remove(id);
    gone.reset();  // A wake from now on would be seen by the sanitizers.
  }
  stop.store(true);
  writer.join();
  EXPECT_EQ(hub.size(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Stores, ConcurrencyTest,
                         ::testing::Values(StoreKind::kMemory, StoreKind::kRocks), NameOf);

}  // namespace
}  // namespace mailtrail::test
