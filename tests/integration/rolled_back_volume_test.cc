// A volume copied aside, written past, and put back: every cursor from the lost future is refused,
// with the cursor from which to go on, without any command.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "clients/cpp/error.h"
#include "clients/cpp/event_watch.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/kv/rocks/open.h"
#include "tests/integration/app_under_test.h"
#include "tests/support/event_builder.h"
#include "tests/support/status_matchers.h"

namespace mailtrail {
namespace {

using test::EventBuilder;
using test::SesMessageId;
using test::StatusIs;
using ::testing::ElementsAreArray;
using ::testing::SizeIs;

std::unique_ptr<kv::Store> OpenRocks(const std::filesystem::path& folder) {
  auto store =
      kv::rocks::Open({.folder = folder, .cache_bytes = 16 << 20, .write_buffers_bytes = 16 << 20},
                      NoLogger(), NoMetrics());
  EXPECT_OK(store.status());
  return *std::move(store);
}

class RolledBackVolume : public testing::Test {
 protected:
  // A minute after the start before: eras are told apart by when they began.
  std::unique_ptr<test::AppUnderTest> Start() {
    now_.value += kMillisPerMinute;
    return std::make_unique<test::AppUnderTest>(
        test::AppSetup{.topics = {test::kTestTopic},
                       .now = now_,
                       .store = OpenRocks(volume_ / "store"),
                       .data_dir = volume_});
  }
  void PostSends(test::AppUnderTest& app, int from, int to) {
    for (int i = from; i < to; ++i) {
      const std::string id = SesMessageId(test::kSentMs, static_cast<std::uint64_t>(i));
      ASSERT_EQ(app.PostEvent(EventBuilder("Send").MessageId(id).Text()), 200);
    }
  }

  const test::TempDir folder_;
  const std::filesystem::path volume_ = folder_.path() / "volume";
  const std::filesystem::path aside_ = folder_.path() / "aside";
  UnixMillis now_ = test::FakeClock::kStart;
};

// What a watch from `request` to the head gives; its status in `status`.
std::vector<v1::Event> ReadToHead(test::AppUnderTest& app, v1::WatchEventsRequest request,
                                  absl::Status* status = nullptr) {
  request.set_stop_at_head(true);
  client::EventWatch watch(app.Channel(), request, {});
  std::vector<v1::Event> events;
  while (auto event = watch.Next()) events.push_back(*std::move(event));
  if (status != nullptr) *status = watch.status();
  return events;
}

v1::WatchEventsRequest From(const std::string& cursor) {
  v1::WatchEventsRequest request;
  request.set_cursor(cursor);
  return request;
}

std::vector<std::string> IdsOf(const std::vector<v1::Event>& events) {
  std::vector<std::string> ids;
  for (const v1::Event& event : events) ids.push_back(event.message_id());
  return ids;
}

TEST_F(RolledBackVolume, RefusesEveryCursorOfTheLostFuture) {
  constexpr int kKept = 10;
  constexpr int kLost = 25;
  v1::WatchEventsRequest oldest;
  oldest.set_position(v1::WatchEventsRequest::POSITION_OLDEST);
  auto app = Start();
  PostSends(*app, 0, kKept);
  app.reset();
  std::filesystem::copy(volume_, aside_, std::filesystem::copy_options::recursive);

  // Written past: in the same era as the copy's end could not be, so in one more.
  app = Start();
  PostSends(*app, kKept, kLost);
  const std::vector<v1::Event> before = ReadToHead(*app, oldest);
  ASSERT_THAT(before, SizeIs(kLost));
  app.reset();

  // Put back, and new traffic passes the old head before anybody comes back.
  std::filesystem::remove_all(volume_);
  std::filesystem::rename(aside_, volume_);
  app = Start();
  PostSends(*app, 100, 100 + kLost);
  const std::vector<std::string> now = IdsOf(ReadToHead(*app, oldest));
  ASSERT_THAT(now, SizeIs(kKept + kLost));

  for (int i = 0; i < kLost; ++i) {
    SCOPED_TRACE(i);
    absl::Status status;
    const auto rest = ReadToHead(*app, From(before[i].cursor()), &status);
    if (i < kKept) {
      EXPECT_OK(status);
      EXPECT_THAT(IdsOf(rest), ElementsAreArray(now.begin() + i + 1, now.end()));
      continue;
    }
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition));
    const client::ErrorInfo info = client::ErrorInfoOf(status);
    EXPECT_EQ(info.reason, "CURSOR_OF_LOST_HISTORY");
    const auto resumed = ReadToHead(*app, From(info.metadata.at("resume_cursor")), &status);
    EXPECT_OK(status);
    EXPECT_THAT(IdsOf(resumed), ElementsAreArray(now.begin() + kKept, now.end()))
        << "all that the reader has not seen in the history that holds now";
  }
}

TEST_F(RolledBackVolume, KeepsCursorsAcrossAnOrdinaryRestart) {
  auto app = Start();
  PostSends(*app, 0, 5);
  v1::WatchEventsRequest oldest;
  oldest.set_position(v1::WatchEventsRequest::POSITION_OLDEST);
  const auto before = ReadToHead(*app, oldest);
  app.reset();
  app = Start();
  PostSends(*app, 5, 8);
  for (std::size_t i = 0; i < before.size(); ++i) {
    absl::Status status;
    EXPECT_THAT(ReadToHead(*app, From(before[i].cursor()), &status), SizeIs(7 - i));
    EXPECT_OK(status);
  }
}

}  // namespace
}  // namespace mailtrail
