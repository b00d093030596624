// A server that is stopped and started again under a watch.

#include <csignal>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "storage/base/text.h"
#include "storage/kv/rocks/open.h"
#include "tests/clients/program/shell.h"
#include "tests/integration/app_under_test.h"
#include "tests/support/event_builder.h"
#include "tests/support/status_matchers.h"

namespace mailtrail {
namespace {

using nlohmann::json;
using test::EventBuilder;
using test::SesMessageId;
using test::Shell;
using ::testing::HasSubstr;

class Restart : public testing::Test {
 protected:
  // On the same port and data as the last time.
  void Start() {
    now_.value += kMillisPerMinute;
    auto store = kv::rocks::Open({.folder = folder_.path() / "store",
                                  .cache_bytes = 16 << 20,
                                  .write_buffers_bytes = 16 << 20},
                                 NoLogger(), NoMetrics());
    ASSERT_OK(store.status());
    app_ = std::make_unique<test::AppUnderTest>(
        test::AppSetup{.now = now_,
                       .store = *std::move(store),
                       .data_dir = folder_.path(),
                       .grpc_listen = Cat("127.0.0.1:", port_)});
    port_ = app_->app().ports().grpc;
  }
  void Post(int from, int to) {
    for (int i = from; i < to; ++i) {
      ASSERT_EQ(app_->PostEvent(EventBuilder("Send").MessageId(Id(i)).Text()), 200);
    }
  }
  static std::string Id(int i) {
    return SesMessageId(test::kSentMs, static_cast<std::uint64_t>(i));
  }

  const test::TempDir folder_;
  UnixMillis now_ = test::FakeClock::kStart;
  int port_ = 0;
  std::unique_ptr<test::AppUnderTest> app_;
};

TEST_F(Restart, TheWatchGoesOnWithoutGapOrRepetitionAndPrintsNothingBetween) {
  Start();
  Post(0, 5);
  Shell watch(Cat("127.0.0.1:", port_), "exec mailtrail --output json event watch --from oldest");
  const auto expect_events = [&](int from, int to) {
    for (int i = from; i < to; ++i) {
      const auto line = watch.process().ReadLine();
      ASSERT_TRUE(line);
      EXPECT_EQ(json::parse(*line)["messageId"], Id(i));
    }
  };
  expect_events(0, 5);
  for (int round = 1; round <= 2; ++round) {
    app_.reset();
    Start();
    Post(5 * round, 5 * round + 5);
    expect_events(5 * round, 5 * round + 5);
  }
  watch.process().Signal(SIGINT);
  EXPECT_EQ(watch.process().Wait(), 0);
  EXPECT_THAT(watch.Rest(), ::testing::IsEmpty());
  EXPECT_THAT(watch.Errors(), HasSubstr("going on in "));
  EXPECT_THAT(watch.Errors(), HasSubstr("mailtrail: stopped at cursor "));
}

}  // namespace
}  // namespace mailtrail
