#pragma once

// A load with a ledger: life cycles as the demo makes them, what of them was acknowledged, and what
// a server must therefore answer.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "clients/cli/demo/life_cycle.h"
#include "clients/cli/demo/signer.h"
#include "clients/cpp/client.h"
#include "grpcpp/channel.h"

namespace mailtrail::test {

// What tells one event from another, from outside: message, type, time and whom it is about.
struct Fact {
  std::string message_id;
  std::string type;
  std::string time;
  std::vector<std::string> recipients;
  friend auto operator<=>(const Fact&, const Fact&) = default;
};

// Made events, signed, some of them twice, in an order that has nothing to do with time.
class LoadStory {
 public:
  // At least `pushes` of them; every tenth event is pushed twice.
  LoadStory(const demo::Signer& signer, std::size_t pushes, std::uint32_t seed);

  [[nodiscard]] const std::vector<std::string>& bodies() const { return bodies_; }
  // The event that a body tells.
  [[nodiscard]] const demo::DemoEvent& event_of(std::size_t body) const {
    return events_[event_of_body_[body]];
  }
  // All events, each once.
  [[nodiscard]] std::multiset<Fact> Facts() const;
  [[nodiscard]] const std::vector<demo::DemoEvent>& events() const { return events_; }

  static constexpr char kTopic[] = "arn:aws:sns:eu-west-1:123456789012:load";

 private:
  std::vector<demo::DemoEvent> events_;
  std::vector<std::string> bodies_;
  std::vector<std::size_t> event_of_body_;
};

[[nodiscard]] Fact FactOf(const demo::DemoEvent& event);
[[nodiscard]] Fact FactOf(const v1::Event& event);

// Posts bodies over `connections` connections and gives the indexes of those answered 200. A
// connection that breaks gives up its place. Another status than 200 or 503 fails the test.
[[nodiscard]] std::set<std::size_t> PostAll(std::uint16_t port,
                                            const std::vector<std::string>& bodies,
                                            const std::set<std::size_t>& which, int connections);

// The same history by four roads; each fails the test when it breaks off.
[[nodiscard]] std::multiset<Fact> ByWatch(const std::shared_ptr<grpc::Channel>& channel);
[[nodiscard]] std::multiset<Fact> ByMessage(const std::shared_ptr<grpc::Channel>& channel,
                                            const LoadStory& story);
[[nodiscard]] std::multiset<Fact> ByCampaign(const std::shared_ptr<grpc::Channel>& channel,
                                             const LoadStory& story);
// Events about several people are found under each of them: once here.
[[nodiscard]] std::set<Fact> ByRecipient(const std::shared_ptr<grpc::Channel>& channel,
                                         const LoadStory& story);

}  // namespace mailtrail::test
