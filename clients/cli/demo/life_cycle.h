#pragma once

// Made-up life cycles of mail, as SES would tell them: ids in SES's form, headers that differ, the
// tags that SES adds, and now and then a delay, a bounce, a complaint, a robot that opens.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "storage/base/time.h"

namespace mailtrail::demo {

struct DemoEvent {
  std::string type;  // As SES spells it.
  std::string message_id;
  std::vector<std::string> recipients;  // Whom the event is about.
  std::string campaign;                 // Its tag `campaign`.
  UnixMillis time;                      // When it happens.
  std::string text;                     // SES's JSON with the newline that SES puts behind it.
};

// Not thread-safe. The same seed gives the same life cycles.
class LifeCycles {
 public:
  explicit LifeCycles(std::uint32_t seed) : random_(seed) {}

  // All events of one message sent at `sent`, in time. About 2.6 on average.
  [[nodiscard]] std::vector<DemoEvent> Next(UnixMillis sent);

 private:
  struct Message;

  [[nodiscard]] Message MakeMessage(UnixMillis sent);
  [[nodiscard]] DemoEvent MakeEvent(const Message& message, const std::string& type,
                                    const std::vector<std::string>& recipients, UnixMillis time,
                                    nlohmann::ordered_json detail);
  void AddHandOver(const Message& message, const std::string& recipient,
                   std::vector<DemoEvent>& events);
  void AddEngagement(const Message& message, UnixMillis after, std::vector<DemoEvent>& events);
  [[nodiscard]] std::string Hex(int digits);
  // 0 to `below` - 1.
  [[nodiscard]] std::uint32_t Pick(std::uint32_t below);
  [[nodiscard]] bool OneIn(std::uint32_t n) { return Pick(n) == 0; }

  std::mt19937 random_;
  std::uint32_t messages_ = 0;
};

}  // namespace mailtrail::demo
