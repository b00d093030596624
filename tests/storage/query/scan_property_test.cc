// Any filter over any history, in pages of any size, against looking at each event.

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/support/event_world.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

using query::EventFilter;
using query::Order;

constexpr std::array kTypes = {
    storage::v1::EVENT_TYPE_OTHER,       storage::v1::EVENT_TYPE_SEND,
    storage::v1::EVENT_TYPE_DELIVERY,    storage::v1::EVENT_TYPE_DELIVERY_DELAY,
    storage::v1::EVENT_TYPE_BOUNCE,      storage::v1::EVENT_TYPE_COMPLAINT,
    storage::v1::EVENT_TYPE_REJECT,      storage::v1::EVENT_TYPE_RENDERING_FAILURE,
    storage::v1::EVENT_TYPE_OPEN,        storage::v1::EVENT_TYPE_CLICK,
    storage::v1::EVENT_TYPE_SUBSCRIPTION};

// Few values of everything, so that filters find something and values meet.
class Random {
 public:
  explicit Random(std::uint64_t seed) : rng_(seed) {}

  std::uint64_t Below(std::uint64_t n) { return rng_() % n; }
  bool OneIn(std::uint64_t n) { return Below(n) == 0; }

  std::string MessageId() {
    // Some in SES's usual form, whose keys ascend, some in another.
    const std::string n = std::to_string(Below(12));
    return OneIn(3) ? "other-" + n
                    : "0107019a000000" + std::string(2 - n.size(), '0') + n +
                          "-00000000-0000-4000-8000-000000000000-000000";
  }
  std::string Address() { return Pick({"ann", "bob", "cyd", "dan"}) + "@" + Domain(); }
  std::string Domain() { return Pick({"example.com", "example.net", "example.org"}); }
  std::string Sender() { return Pick({"news@example.org", "shop@example.org"}); }
  std::string TagValue() { return Pick({"spring", "autumn"}); }
  std::string HeaderId() { return Pick({"h1@example.org", "h2@example.org", "h3@example.org"}); }
  mail::EventType Type() { return kTypes[Below(kTypes.size())]; }
  mail::Form Form() {
    return OneIn(3) ? storage::v1::FORM_IDENTITY_NOTIFICATION : storage::v1::FORM_EVENT_PUBLISHING;
  }
  UnixMillis Time(int hours) {
    return {kWorldStart.value + static_cast<std::int64_t>(Below(60)) * hours * kMillisPerMinute};
  }
  std::string Pick(const std::vector<std::string>& from) { return from[Below(from.size())]; }

  template <typename Make>
  auto Some(std::uint64_t most, Make make) {
    std::vector<decltype(make())> values;
    for (std::uint64_t i = 1 + Below(most); i > 0; --i) values.push_back(make());
    return values;
  }
  query::TimeRange Range() {
    query::TimeRange range;
    if (!OneIn(3)) range.start = Time(6);
    if (!OneIn(3)) range.end = Time(6);
    return range;
  }

 private:
  std::mt19937_64 rng_;
};

Facts RandomFacts(Random& random, UnixMillis received) {
  Facts facts{.message_id = random.MessageId(), .type = random.Type(), .form = random.Form()};
  facts.received = received;
  // Late by up to six hours, at times ahead of us.
  facts.event_time = {received.value - static_cast<std::int64_t>(random.Below(7)) * kMillisPerHour +
                      kMillisPerMinute};
  facts.sent = {facts.event_time.value -
                static_cast<std::int64_t>(random.Below(3)) * kMillisPerHour / 2 + 5};
  facts.sender = random.Sender();
  facts.destination = random.Some(3, [&] { return random.Address(); });
  facts.about = {facts.destination.front()};
  if (random.OneIn(5)) facts.about.push_back(random.Address());  // Forwarding.
  if (random.OneIn(4)) facts.named = {random.Address()};
  if (random.OneIn(2)) facts.tags["campaign"] = random.TagValue();
  if (random.OneIn(2)) facts.tags["team"] = random.TagValue();
  if (random.OneIn(2)) facts.tags["ses:from-domain"] = random.Domain();
  if (random.OneIn(2)) facts.tags["ses:outgoing-ip"] = random.Pick({"192.0.2.1", "192.0.2.2"});
  if (!random.OneIn(3)) facts.tags["ses:configuration-set"] = random.Pick({"cs1", "cs2"});
  if (random.OneIn(3)) facts.tags["ses:tenant-name"] = random.Pick({"t1", "t2"});
  if (random.OneIn(2)) facts.headers["x-order-id"] = random.Pick({"o1", "o2", "o3"});
  if (random.OneIn(4)) facts.headers["x-late"] = random.Pick({"l1", "l2"});
  if (!random.OneIn(3)) facts.header_message_id = random.HeaderId();
  facts.source = static_cast<std::uint16_t>(1 + random.Below(3));
  return facts;
}

EventFilter RandomFilter(Random& random) {
  EventFilter filter;
  const std::uint64_t rarity = 4 + random.Below(12);
  const auto maybe = [&](auto fill) {
    if (random.OneIn(rarity)) fill();
  };
  maybe([&] { filter.message_ids = random.Some(3, [&] { return random.MessageId(); }); });
  maybe([&] { filter.recipients = random.Some(3, [&] { return random.Address(); }); });
  maybe([&] { filter.recipient_domains = random.Some(2, [&] { return random.Domain(); }); });
  maybe([&] { filter.senders = random.Some(2, [&] { return random.Sender(); }); });
  maybe([&] { filter.tags.push_back({"campaign", {random.TagValue()}}); });
  maybe([&] { filter.tags.push_back({"team", {"spring", "autumn"}}); });
  maybe([&] { filter.tags.push_back({"ses:from-domain", {random.Domain()}}); });
  maybe([&] { filter.tags.push_back({"ses:outgoing-ip", {"192.0.2.1"}}); });
  maybe([&] { filter.headers.push_back({"x-order-id", {random.Pick({"o1", "o2"})}}); });
  maybe([&] { filter.headers.push_back({"x-late", {"l1"}}); });
  maybe([&] { filter.tenants = {random.Pick({"t1", "t2"})}; });
  maybe([&] { filter.configuration_sets = {random.Pick({"cs1", "cs2"})}; });
  maybe([&] { filter.header_message_ids = random.Some(2, [&] { return random.HeaderId(); }); });
  maybe([&] {
    filter.sources =
        random.OneIn(8) ? std::vector<std::uint16_t>{} : std::vector<std::uint16_t>{1, 3};
  });
  maybe([&] { filter.types = random.Some(3, [&] { return random.Type(); }); });
  maybe([&] { filter.forms = {random.Form()}; });
  maybe([&] { filter.event_time = random.Range(); });
  maybe([&] { filter.received_time = random.Range(); });
  maybe([&] { filter.sent_time = random.Range(); });
  return filter;
}

class ScanPropertyTest : public ::testing::TestWithParam<StoreKind> {};

TEST_P(ScanPropertyTest, PagesGiveExactlyWhatTheFilterFindsInBothOrders) {
  Random random(20261120);
  World world(GetParam(), {.automatic_tags = {}, .headers = {"x-order-id"}});
  UnixMillis received = kWorldStart;
  for (int i = 0; i < 300; ++i) {
    received.value += static_cast<std::int64_t>(random.Below(6)) * kMillisPerMinute;
    world.Add(RandomFacts(random, received));
    if (random.OneIn(40)) world.Commit();
    // From here on one automatic tag and another header are indexed, at last the header alone.
    if (i == 130) {
      world.Commit();
      world.Restart({.automatic_tags = {"ses:from-domain"}, .headers = {"x-order-id", "x-late"}});
    }
    if (i == 260) {
      world.Commit();
      world.Restart({.automatic_tags = {}, .headers = {"x-order-id", "x-late"}});
    }
    if (i == 280) {
      world.Commit();
      world.Restart({.automatic_tags = {"ses:from-domain"}, .headers = {"x-order-id"}});
    }
  }
  world.Commit();
  const query::Events events = world.events();

  std::size_t found = 0;
  for (int round = 0; round < 400; ++round) {
    const EventFilter filter = RandomFilter(random);
    std::vector<std::uint64_t> expected = world.Expected(filter);
    // A cut anywhere: what came later does not show.
    const log::Sequence as_of{random.OneIn(3) ? 1 + random.Below(world.head().value)
                                              : world.head().value};
    std::erase_if(expected, [as_of](std::uint64_t sequence) { return sequence > as_of.value; });
    query::Scan scan{.filter = &filter, .as_of = as_of};
    scan.order = random.OneIn(2) ? Order::kNewestFirst : Order::kOldestFirst;
    scan.events_max = 1 + random.Below(random.OneIn(2) ? 5 : 100);
    scan.entries_max = static_cast<std::int64_t>(1 + random.Below(random.OneIn(2) ? 3 : 500));
    scan.bytes_max = random.OneIn(3) ? 1 + random.Below(2'000) : query::kPageBytesMax;
    if (random.OneIn(3)) {
      const std::uint64_t after = random.Below(as_of.value + 1);
      scan.after = log::Sequence{after};
      std::erase_if(expected, [&](std::uint64_t sequence) {
        return scan.order == Order::kOldestFirst ? sequence <= after : sequence >= after;
      });
    }
    if (scan.order == Order::kNewestFirst) std::reverse(expected.begin(), expected.end());
    const Listing listing = ListAll(events, scan);
    ASSERT_EQ(listing.sequences, expected)
        << "round " << round << ", led by " << listing.cost.leading_term;
    found += expected.size();
  }
  EXPECT_GT(found, 2'000U) << "the filters find too little to prove anything";
}

TEST_P(ScanPropertyTest, TheRecordAloneAnswersEveryFieldAsTheFactsDo) {
  Random random(7);
  World world(GetParam(), {.automatic_tags = {}, .headers = {"x-order-id", "x-late"}});
  UnixMillis received = kWorldStart;
  for (int i = 0; i < 100; ++i) {
    received.value += kMillisPerMinute;
    world.Add(RandomFacts(random, received));
  }
  world.Commit();
  const EventFilter all;
  MT_ASSERT_OK_AND_ASSIGN(const query::ScanResult page,
                          world.events().Run({.filter = &all,
                                              .as_of = world.head(),
                                              .events_max = 1'000,
                                              .raw = query::WithRaw::kYes}));
  ASSERT_EQ(page.events.size(), 100U);
  int matches = 0;
  for (int round = 0; round < 1'000; ++round) {
    const EventFilter filter = RandomFilter(random);
    for (const query::FoundEvent& event : page.events) {
      const bool expected = Finds(filter, world.facts().at(event.sequence.value));
      ASSERT_EQ(query::Matches(filter, event.header, event.event), expected);
      matches += expected ? 1 : 0;
    }
  }
  EXPECT_GT(matches, 2'000);
}

INSTANTIATE_TEST_SUITE_P(Stores, ScanPropertyTest,
                         ::testing::Values(StoreKind::kMemory, StoreKind::kRocks), NameOf);

}  // namespace
}  // namespace mailtrail::test
