#pragma once

// Stored events by hand and at random, with all values in normal form: so that a test can say what
// should be found without normalising anything.

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "mailtrail/storage/v1/event.pb.h"
#include "storage/base/time.h"
#include "storage/index/prepared.h"

namespace mailtrail::test {

// 2026-11-20T09:00:00.000Z: an hour before FakeClock starts.
inline constexpr UnixMillis kSampleSent{1'795'165'200'000};

// An id in SES's usual form; its first half is the sent time.
[[nodiscard]] std::string SampleMessageId(UnixMillis sent, std::uint64_t number);

// A Send of one message to ann@example.com with a tag, a configuration set and a header Message-ID.
// `number` makes message id and canonical text unlike all others.
[[nodiscard]] index::NewEvent SampleSend(std::uint64_t number);
// A Bounce of that message.
[[nodiscard]] index::NewEvent SampleBounce(std::uint64_t number);

// Events of a small number of messages, of all types and both forms, with times that lie: before
// the message was sent, days later, in the future.
class RandomEvents {
 public:
  explicit RandomEvents(std::uint32_t seed) : random_(seed) {}
  [[nodiscard]] index::NewEvent Next();

 private:
  [[nodiscard]] std::uint64_t Below(std::uint64_t bound);
  [[nodiscard]] std::string Address();
  void FillMail(std::uint64_t message, storage::v1::Mail& mail);
  void FillDetail(storage::v1::Event& event);

  std::mt19937 random_;
  std::uint64_t next_number_ = 1;
};

}  // namespace mailtrail::test
