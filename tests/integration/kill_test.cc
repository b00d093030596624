// kill -9 in the middle of a load, restart, and what was not answered 200 is sent again: the same
// as if nothing had happened, and the indexes agree with the log.

#include <csignal>
#include <cstdio>
#include <set>
#include <thread>

#include "clients/cpp/channel.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/clock.h"
#include "storage/base/text.h"
#include "tests/integration/load_story.h"
#include "tests/support/child_process.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace mailtrail {
namespace {

using ::testing::HasSubstr;

constexpr char kServer[] = MAILTRAIL_BINARY_DIR "/bin/mailtrail-server";

struct Ports {
  int http = 0;
  int grpc = 0;
};

class Kill : public testing::Test {
 protected:
  std::unique_ptr<test::ChildProcess> Start(Ports& ports) const {
    auto server = std::make_unique<test::ChildProcess>(
        kServer, std::vector<std::string>{
                     "--data-dir", data_, "--topic-arn", test::LoadStory::kTopic,
                     "--signing-cert-dir", certs_, "--http-listen", "127.0.0.1:0", "--grpc-listen",
                     "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--cache-size", "32MiB",
                     "--write-buffer-size", "16MiB", "--log-level", "error"});
    const auto line = server->ReadLine();
    EXPECT_TRUE(line.has_value());
    EXPECT_EQ(std::sscanf(line.value_or("").c_str(), "mailtrail-server is ready: http %d, grpc %d",
                          &ports.http, &ports.grpc),
              2)
        << line.value_or("");
    return server;
  }

  const test::TempDir folder_;
  const std::string data_ = folder_.path() / "data";
  const std::string certs_ = folder_.path() / "certs";
};

TEST_F(Kill, LosesNothingThatWasAcknowledgedAndRepeatsNothing) {
  MT_ASSERT_OK_AND_ASSIGN(const auto signer, demo::Signer::Open(certs_, SystemClock().Now()));
  const test::LoadStory story(*signer, 4'000, 2);
  std::set<std::size_t> missing;
  for (std::size_t i = 0; i < story.bodies().size(); ++i) missing.insert(i);

  Ports ports;
  auto server = Start(ports);
  for (int kills = 0; kills < 5 && !missing.empty(); ++kills) {
    // A part of what is left, and the kill comes while it is being sent.
    const std::size_t part = missing.size() / static_cast<std::size_t>(6 - kills);
    std::set<std::size_t> now(missing.begin(),
                              std::next(missing.begin(), static_cast<std::ptrdiff_t>(part)));
    // Once half of the part is in, the rest is sent while another thread kills the server.
    std::set<std::size_t> half(now.begin(),
                               std::next(now.begin(), static_cast<std::ptrdiff_t>(part / 2)));
    for (const std::size_t done :
         test::PostAll(static_cast<std::uint16_t>(ports.http), story.bodies(), half, 8)) {
      missing.erase(done);
      now.erase(done);
    }
    std::set<std::size_t> acknowledged;
    std::jthread load([&] {
      acknowledged = test::PostAll(static_cast<std::uint16_t>(ports.http), story.bodies(), now, 8);
    });
    server->Signal(SIGKILL);
    EXPECT_EQ(server->Wait(), 128 + SIGKILL);
    load.join();
    for (const std::size_t done : acknowledged) missing.erase(done);
    server = Start(ports);
    // All that was acknowledged so far is there.
    const auto stored = test::ByWatch(client::Connect(Cat("127.0.0.1:", ports.grpc)));
    for (std::size_t i = 0; i < story.bodies().size(); ++i) {
      if (missing.contains(i)) continue;
      ASSERT_TRUE(stored.contains(test::FactOf(story.event_of(i)))) << "lost after kill " << kills;
    }
  }
  EXPECT_EQ(test::PostAll(static_cast<std::uint16_t>(ports.http), story.bodies(), missing, 8),
            missing);

  const auto channel = client::Connect(Cat("127.0.0.1:", ports.grpc));
  const std::multiset<test::Fact> made = story.Facts();
  EXPECT_TRUE(test::ByWatch(channel) == made);
  EXPECT_TRUE(test::ByMessage(channel, story) == made);
  EXPECT_TRUE(test::ByCampaign(channel, story) == made);

  server->Signal(SIGTERM);
  EXPECT_EQ(server->Wait(), 0);
  test::ChildProcess check(kServer, {"check", "--data-dir", data_});
  std::string last;
  while (const auto line = check.ReadLine()) last = *line;
  EXPECT_EQ(check.Wait(), 0);
  EXPECT_THAT(last, HasSubstr("the indexes agree with the log"));
}

TEST_F(Kill, StartsOnlyOnceOnOneFolderAndSaysWhy) {
  MT_ASSERT_OK_AND_ASSIGN(const auto signer, demo::Signer::Open(certs_, SystemClock().Now()));
  Ports ports;
  auto server = Start(ports);
  test::ChildProcess second(
      kServer, {"--data-dir", data_, "--topic-arn", test::LoadStory::kTopic, "--http-listen",
                "127.0.0.1:0", "--grpc-listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0"});
  EXPECT_EQ(second.Wait(), 1);
  test::ChildProcess taken(
      kServer, {"--data-dir", data_ + "2", "--topic-arn", test::LoadStory::kTopic, "--http-listen",
                Cat("127.0.0.1:", ports.http), "--grpc-listen", "127.0.0.1:0", "--metrics-listen",
                "127.0.0.1:0"});
  EXPECT_EQ(taken.Wait(), 1);
  server->Signal(SIGTERM);
  EXPECT_EQ(server->Wait(), 0);
}

}  // namespace
}  // namespace mailtrail
