#include "tests/integration/load_story.h"

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

#include "clients/cli/demo/sender.h"
#include "clients/cpp/event_watch.h"
#include "gtest/gtest.h"
#include "storage/base/clock.h"
#include "storage/base/mutex.h"
#include "storage/base/text.h"

namespace mailtrail::test {
namespace {

// All pages of a listing.
std::multiset<Fact> ListAll(const std::shared_ptr<grpc::Channel>& channel,
                            v1::ListEventsRequest request) {
  const client::Client client(channel);
  std::multiset<Fact> facts;
  request.set_page_size(1'000);
  while (true) {
    const auto page = client.ListEvents(request);
    if (!page.ok()) {
      ADD_FAILURE() << page.status();
      return facts;
    }
    for (const v1::Event& event : page->events()) facts.insert(FactOf(event));
    if (page->next_page_token().empty()) return facts;
    request.set_page_token(page->next_page_token());
  }
}

}  // namespace

LoadStory::LoadStory(const demo::Signer& signer, std::size_t pushes, std::uint32_t seed) {
  const UnixMillis now = SystemClock().Now();
  demo::LifeCycles cycles(seed);
  std::size_t planned = 0;
  for (std::int64_t i = 0; planned < pushes; ++i) {
    for (auto& event : cycles.Next({now.value - 3'600'000 + i})) {
      events_.push_back(std::move(event));
      planned += events_.size() % 10 == 0 ? 2 : 1;
    }
  }
  for (std::size_t i = 0; i < events_.size(); ++i) {
    const int copies = (i + 1) % 10 == 0 ? 2 : 1;
    for (int copy = 0; copy < copies; ++copy) event_of_body_.push_back(i);
  }
  std::mt19937 random(seed);
  std::shuffle(event_of_body_.begin(), event_of_body_.end(), random);
  for (std::size_t i = 0; i < event_of_body_.size(); ++i) {
    bodies_.push_back(signer.Notification(kTopic, events_[event_of_body_[i]].text, now, i));
  }
}

std::multiset<Fact> LoadStory::Facts() const {
  std::multiset<Fact> facts;
  for (const auto& event : events_) facts.insert(FactOf(event));
  return facts;
}

Fact FactOf(const demo::DemoEvent& event) {
  return {.message_id = event.message_id,
          .type = event.type,
          .time = FormatTime(event.time),
          .recipients = event.recipients};
}

Fact FactOf(const v1::Event& event) {
  const auto& t = event.event_time();
  return {.message_id = event.message_id(),
          .type = event.ses_type(),
          .time = FormatTime({t.seconds() * 1'000 + t.nanos() / 1'000'000}),
          .recipients = {event.recipients().begin(), event.recipients().end()}};
}

std::set<std::size_t> PostAll(std::uint16_t port, const std::vector<std::string>& bodies,
                              const std::set<std::size_t>& which, int connections) {
  const std::vector<std::size_t> todo(which.begin(), which.end());
  std::atomic<std::size_t> next = 0;
  Mutex mu;
  std::set<std::size_t> acknowledged;
  std::vector<std::jthread> threads;
  for (int i = 0; i < connections; ++i) {
    threads.emplace_back([&] {
      demo::Sender sender(Cat("http://127.0.0.1:", port, "/v1/sns"));
      for (std::size_t at = next++; at < todo.size(); at = next++) {
        const auto status = sender.Post(bodies[todo[at]], LoadStory::kTopic);
        if (!status.ok()) return;
        EXPECT_TRUE(*status == 200 || *status == 503) << *status;
        if (*status != 200) continue;
        MutexLock lock(mu);
        acknowledged.insert(todo[at]);
      }
    });
  }
  threads.clear();
  return acknowledged;
}

std::multiset<Fact> ByWatch(const std::shared_ptr<grpc::Channel>& channel) {
  v1::WatchEventsRequest request;
  request.set_position(v1::WatchEventsRequest::POSITION_OLDEST);
  request.set_stop_at_head(true);
  client::EventWatch watch(channel, request, {});
  std::multiset<Fact> facts;
  while (const auto event = watch.Next()) facts.insert(FactOf(*event));
  EXPECT_TRUE(watch.status().ok()) << watch.status();
  return facts;
}

std::multiset<Fact> ByMessage(const std::shared_ptr<grpc::Channel>& channel,
                              const LoadStory& story) {
  const client::Client client(channel);
  std::set<std::string> ids;
  for (const auto& event : story.events()) ids.insert(event.message_id);
  std::multiset<Fact> facts;
  for (const std::string& id : ids) {
    v1::GetMessageRequest request;
    request.set_id(id);
    request.set_view(v1::MESSAGE_VIEW_TRAIL);
    const auto message = client.GetMessage(request);
    if (!message.ok()) continue;  // None of its events was stored: the caller compares.
    for (const v1::Event& event : message->message().events()) facts.insert(FactOf(event));
  }
  return facts;
}

std::multiset<Fact> ByCampaign(const std::shared_ptr<grpc::Channel>& channel,
                               const LoadStory& story) {
  std::set<std::string> campaigns;
  for (const auto& event : story.events()) campaigns.insert(event.campaign);
  std::multiset<Fact> facts;
  for (const std::string& campaign : campaigns) {
    v1::ListEventsRequest request;
    v1::TagFilter& tag = *request.mutable_filter()->mutable_mail()->add_tags();
    tag.set_name("campaign");
    tag.add_values(campaign);
    facts.merge(ListAll(channel, request));
  }
  return facts;
}

std::set<Fact> ByRecipient(const std::shared_ptr<grpc::Channel>& channel, const LoadStory& story) {
  std::set<std::string> people;
  for (const auto& event : story.events()) {
    people.insert(event.recipients.begin(), event.recipients.end());
  }
  std::set<Fact> facts;
  std::vector<std::string> some;
  const auto ask = [&] {
    v1::ListEventsRequest request;
    for (const std::string& person : some) {
      request.mutable_filter()->mutable_mail()->add_recipients(person);
    }
    const std::multiset<Fact> found = ListAll(channel, request);
    facts.insert(found.begin(), found.end());
    some.clear();
  };
  for (const std::string& person : people) {
    some.push_back(person);
    if (some.size() == 16) ask();
  }
  if (!some.empty()) ask();
  return facts;
}

}  // namespace mailtrail::test
