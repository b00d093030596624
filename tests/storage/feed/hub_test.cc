#include "storage/feed/hub.h"

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace mailtrail::test {
namespace {

using feed::Hub;
using feed::Interest;
using feed::WatcherId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

mail::MessageKey Message(char name) {
  mail::MessageKey key;
  key.bytes.fill(name);
  return key;
}

index::Prepared Event(char message, const std::vector<std::uint64_t>& terms) {
  index::Prepared prepared;
  prepared.message = Message(message);
  for (const std::uint64_t term : terms) {
    prepared.postings.push_back({.term = {term}, .involvement = mail::Involvement::kAffected});
  }
  return prepared;
}

class HubTest : public ::testing::Test {
 protected:
  WatcherId Add(const std::string& name, Interest interest) {
    return hub_.Add(std::move(interest), [this, name] { woken_.push_back(name); });
  }
  // Who was woken, in any order, each as often as it was.
  std::vector<std::string> Commit(const std::vector<index::Prepared>& events) {
    woken_.clear();
    hub_.OnCommit(events, {++head_});
    return woken_;
  }

  Hub hub_;
  std::vector<std::string> woken_;
  std::uint64_t head_ = 0;
};

TEST_F(HubTest, ACommitWakesThoseWhoAskedForOneOfItsTermsOrMessages) {
  Add("term 1", {.terms = {{1}}, .messages = {}});
  Add("terms 1 and 2", {.terms = {{1}, {2}}, .messages = {}});
  Add("message a", {.terms = {}, .messages = {Message('a')}});
  Add("everything", {});
  EXPECT_THAT(Commit({Event('b', {2})}), UnorderedElementsAre("terms 1 and 2", "everything"));
  EXPECT_THAT(Commit({Event('a', {3})}), UnorderedElementsAre("message a", "everything"));
  EXPECT_THAT(Commit({Event('a', {1}), Event('b', {2})}),
              UnorderedElementsAre("term 1", "terms 1 and 2", "message a", "everything"));
  EXPECT_THAT(Commit({Event('c', {})}), ElementsAre("everything"));
}

TEST_F(HubTest, ACommitWakesAWatcherOnceHoweverManyOfItsEventsMatch) {
  Add("both", {.terms = {{1}, {2}}, .messages = {Message('a')}});
  EXPECT_THAT(Commit({Event('a', {1, 2}), Event('a', {2}), Event('b', {1})}), ElementsAre("both"));
  EXPECT_THAT(Commit({Event('b', {1})}), ElementsAre("both"));
}

TEST_F(HubTest, ACommitOfNoRecordWakesNobody) {
  Add("everything", {});
  EXPECT_THAT(Commit({}), IsEmpty());
}

TEST_F(HubTest, WhoWasRemovedIsNotWokenAndTheOthersAre) {
  const WatcherId first = Add("first", {.terms = {{1}, {1}}, .messages = {Message('a')}});
  Add("second", {.terms = {{1}}, .messages = {}});
  const WatcherId third = Add("third", {});
  EXPECT_EQ(hub_.size(), 3U);
  hub_.Remove(first);
  hub_.Remove(first);
  hub_.Remove(third);
  hub_.Remove(4711);
  EXPECT_EQ(hub_.size(), 1U);
  EXPECT_THAT(Commit({Event('a', {1})}), ElementsAre("second"));
}

TEST_F(HubTest, WhoComesBetweenTwoCommitsIsWokenByTheSecond) {
  Add("early", {.terms = {{1}}, .messages = {}});
  EXPECT_THAT(Commit({Event('a', {1})}), ElementsAre("early"));
  Add("late", {.terms = {{1}}, .messages = {}});
  EXPECT_THAT(Commit({Event('a', {1})}), UnorderedElementsAre("early", "late"));
}

TEST_F(HubTest, AnyComingAndGoingWakesExactlyThoseWhomAModelNames) {
  std::mt19937_64 rng(11);
  struct Model {
    std::set<std::uint64_t> terms;
    std::set<char> messages;
  };
  std::map<std::string, Model> model;
  std::map<std::string, WatcherId> ids;
  for (int round = 0; round < 3'000; ++round) {
    if (rng() % 3 == 0) {
      const std::string name = "w" + std::to_string(round);
      Interest interest;
      for (std::uint64_t n = rng() % 3; n > 0; --n) {
        interest.terms.push_back({rng() % 20});
        model[name].terms.insert(interest.terms.back().hash);
      }
      for (std::uint64_t n = rng() % 3; n > 0; --n) {
        const char message = static_cast<char>('a' + rng() % 5);
        interest.messages.push_back(Message(message));
        model[name].messages.insert(message);
      }
      model[name];
      ids[name] = Add(name, interest);
    }
    if (!ids.empty() && rng() % 3 == 0) {
      const auto gone = std::next(ids.begin(), static_cast<std::ptrdiff_t>(rng() % ids.size()));
      hub_.Remove(gone->second);
      model.erase(gone->first);
      ids.erase(gone);
    }
    std::vector<index::Prepared> events;
    std::set<std::uint64_t> terms;
    std::set<char> messages;
    for (std::uint64_t n = 1 + rng() % 3; n > 0; --n) {
      const char message = static_cast<char>('a' + rng() % 5);
      const std::vector<std::uint64_t> of_event = {rng() % 20, 20 + rng() % 5};
      events.push_back(Event(message, of_event));
      terms.insert(of_event.begin(), of_event.end());
      messages.insert(message);
    }
    std::vector<std::string> expected;
    for (const auto& [name, watcher] : model) {
      bool wakes = watcher.terms.empty() && watcher.messages.empty();
      for (const std::uint64_t term : watcher.terms) wakes = wakes || terms.contains(term);
      for (const char message : watcher.messages) wakes = wakes || messages.contains(message);
      if (wakes) expected.push_back(name);
    }
    ASSERT_THAT(Commit(events), ::testing::UnorderedElementsAreArray(expected));
    ASSERT_EQ(hub_.size(), model.size());
  }
}

}  // namespace
}  // namespace mailtrail::test
