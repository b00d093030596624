#include "server/grpc/stream_registry.h"

#include <memory>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "tests/server/api/reasons.h"
#include "tests/support/fake_clock.h"

namespace mailtrail::server::wire {
namespace {

using std::chrono::milliseconds;
using test::Failed;

class FakeStream final : public Stream {
 public:
  void Close(const absl::Status& why) override { closed = why; }
  absl::Status closed;
};

const absl::Status kDraining = api::MakeError(v1::ERROR_REASON_DRAINING, "stopping");

TEST(StreamRegistry, TakesAsManyAsItMay) {
  const test::FakeClock clock;
  StreamRegistry registry(2, clock);
  const auto a = std::make_shared<FakeStream>();
  const auto b = std::make_shared<FakeStream>();
  EXPECT_OK(registry.Add(a));
  EXPECT_OK(registry.Add(b));
  EXPECT_THAT(registry.Add(std::make_shared<FakeStream>()),
              Failed(v1::ERROR_REASON_TOO_MANY_CALLS));
  registry.Remove(a.get());
  EXPECT_OK(registry.Add(std::make_shared<FakeStream>()));
}

TEST(StreamRegistry, ClosesAllAndTakesNoMore) {
  const test::FakeClock clock;
  StreamRegistry registry(2, clock);
  const auto stream = std::make_shared<FakeStream>();
  EXPECT_OK(registry.Add(stream));
  EXPECT_OK(registry.closed());
  registry.CloseAll(kDraining);
  EXPECT_THAT(stream->closed, Failed(v1::ERROR_REASON_DRAINING));
  EXPECT_THAT(registry.closed(), Failed(v1::ERROR_REASON_DRAINING));
  EXPECT_THAT(registry.Add(std::make_shared<FakeStream>()), Failed(v1::ERROR_REASON_DRAINING));
}

TEST(StreamRegistry, WaitsUntilTheLastIsGone) {
  StreamRegistry registry(2, SystemClock());
  EXPECT_TRUE(registry.WaitUntilEmpty(milliseconds(0)));
  const auto stream = std::make_shared<FakeStream>();
  EXPECT_OK(registry.Add(stream));
  EXPECT_FALSE(registry.WaitUntilEmpty(milliseconds(10)));
  std::thread remover([&] { registry.Remove(stream.get()); });
  EXPECT_TRUE(registry.WaitUntilEmpty(milliseconds(60'000)));
  remover.join();
  EXPECT_EQ(stream.use_count(), 1);
}

}  // namespace
}  // namespace mailtrail::server::wire
