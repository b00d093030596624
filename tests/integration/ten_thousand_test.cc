// 10,000 pushes, a tenth of the events twice and all in shuffled order, give exactly the events
// that were made: by message, by recipient, by tag and by watch, the four agreeing.

#include <set>

#include "clients/cpp/channel.h"
#include "gtest/gtest.h"
#include "server/app/app.h"
#include "server/observe/json_logger.h"
#include "storage/base/text.h"
#include "tests/integration/load_story.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace mailtrail {
namespace {

TEST(TenThousandPushes, GiveExactlyTheEventsThatWereMade) {
  constexpr std::size_t kPushes = 10'000;
  const test::TempDir folder;
  MT_ASSERT_OK_AND_ASSIGN(const auto signer,
                          demo::Signer::Open(folder.path() / "certs", SystemClock().Now()));
  const test::LoadStory story(*signer, kPushes, 1);
  ASSERT_GE(story.bodies().size(), kPushes);

  server::config::Config config;
  config.data_dir = folder.path() / "data";
  config.key_file = config.data_dir / "key";
  config.signing_cert_dir = folder.path() / "certs";
  config.push_listener.name = "push";
  config.metrics_listener.name = "metrics";
  config.grpc_listen = "127.0.0.1:0";
  config.topic_patterns = {test::LoadStory::kTopic};
  config.cache_bytes = 32 << 20;
  config.write_buffer_bytes = 32 << 20;
  config.drain_ms = 5'000;
  server::observe::PrometheusRegistry metrics;
  MT_ASSERT_OK_AND_ASSIGN(const auto app, server::app::App::Start(config, {.clock = SystemClock(),
                                                                           .logger = NoLogger(),
                                                                           .metrics = metrics,
                                                                           .fetch = std::nullopt,
                                                                           .store = nullptr}));
  std::set<std::size_t> all;
  for (std::size_t i = 0; i < story.bodies().size(); ++i) all.insert(i);
  EXPECT_EQ(test::PostAll(app->ports().http, story.bodies(), all, 16), all);

  const auto channel = client::Connect(Cat("127.0.0.1:", app->ports().grpc));
  const std::multiset<test::Fact> made = story.Facts();
  EXPECT_TRUE(test::ByWatch(channel) == made);
  EXPECT_TRUE(test::ByMessage(channel, story) == made);
  EXPECT_TRUE(test::ByCampaign(channel, story) == made);
  EXPECT_TRUE(test::ByRecipient(channel, story) == std::set<test::Fact>(made.begin(), made.end()));
}

}  // namespace
}  // namespace mailtrail
