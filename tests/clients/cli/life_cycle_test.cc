#include "clients/cli/demo/life_cycle.h"

#include <map>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingest/ses/decoder.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::demo {
namespace {

using ::testing::IsSubsetOf;
using ::testing::MatchesRegex;

constexpr UnixMillis kSent{1'795'168'800'123};
constexpr int kMessages = 4'000;

std::vector<std::vector<DemoEvent>> Stories(std::uint32_t seed, int messages) {
  LifeCycles cycles(seed);
  std::vector<std::vector<DemoEvent>> stories;
  for (int i = 0; i < messages; ++i) stories.push_back(cycles.Next({kSent.value + i * 500}));
  return stories;
}

std::string TextsOf(const std::vector<std::vector<DemoEvent>>& stories) {
  std::string texts;
  for (const auto& story : stories) {
    for (const DemoEvent& event : story) texts += event.text;
  }
  return texts;
}

TEST(LifeCycles, OfOneSeedAreTheSameAndOfAnotherOthers) {
  EXPECT_EQ(TextsOf(Stories(1, 50)), TextsOf(Stories(1, 50)));
  EXPECT_NE(TextsOf(Stories(1, 50)), TextsOf(Stories(2, 50)));
}

TEST(LifeCycles, IdsHaveSesFormHoldTheTimeAndNeverRepeat) {
  std::set<std::string> ids;
  for (const auto& story : Stories(1, kMessages)) {
    const std::string& id = story.front().message_id;
    EXPECT_THAT(id, MatchesRegex("0102[0-9a-f]{12}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-"
                                 "[0-9a-f]{12}-[0-9]{6}"));
    EXPECT_EQ(std::stoll(id.substr(4, 12), nullptr, 16),
              kSent.value + static_cast<std::int64_t>(ids.size()) * 500);
    EXPECT_TRUE(ids.insert(id).second) << id;
    for (const DemoEvent& event : story) EXPECT_EQ(event.message_id, id);
  }
}

TEST(LifeCycles, AreToldInTime) {
  for (const auto& story : Stories(1, kMessages)) {
    for (std::size_t i = 1; i < story.size(); ++i) EXPECT_LE(story[i - 1].time, story[i].time);
  }
}

TEST(LifeCycles, TellEveryTypeThatTheySpeakOf) {
  std::map<std::string, int> types;
  int events = 0;
  for (const auto& story : Stories(1, kMessages)) {
    for (const DemoEvent& event : story) ++types[event.type];
    events += static_cast<int>(story.size());
  }
  for (const char* type : {"Send", "Delivery", "DeliveryDelay", "Bounce", "Complaint", "Reject",
                           "Rendering Failure", "Open", "Click"}) {
    EXPECT_GT(types[type], 0) << type;
  }
  EXPECT_EQ(types.size(), 9U);
  EXPECT_NEAR(static_cast<double>(events) / kMessages, 2.6, 0.2);
}

TEST(LifeCycles, AreReadAsTheEventsThatTheyAre) {
  for (const auto& story : Stories(3, kMessages)) {
    for (const DemoEvent& event : story) {
      SCOPED_TRACE(event.text);
      EXPECT_EQ(event.text.find('\n'), event.text.size() - 1) << "as SES ends a text";
      const auto decoded = ingest::ses::Decode(event.text);
      ASSERT_OK(decoded.status());
      ASSERT_TRUE(std::holds_alternative<ingest::ses::Decoded>(*decoded));
      const auto& read = std::get<ingest::ses::Decoded>(*decoded);
      EXPECT_NE(read.type, storage::v1::EVENT_TYPE_OTHER);
      EXPECT_EQ(read.form, storage::v1::FORM_EVENT_PUBLISHING);
      EXPECT_EQ(read.event.ses_type(), event.type);
      EXPECT_EQ(read.event.mail().message_id(), event.message_id);
      EXPECT_THAT(event.recipients, IsSubsetOf(read.event.mail().destination()));
    }
  }
}

}  // namespace
}  // namespace mailtrail::demo
