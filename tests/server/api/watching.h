#pragma once

// A watch on a test's world, asked turn by turn.

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "server/api/watch.h"
#include "tests/support/api_world.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {

[[nodiscard]] inline v1::WatchEventsRequest RequestFrom(v1::WatchEventsRequest::Position position) {
  v1::WatchEventsRequest request;
  request.set_position(position);
  return request;
}
[[nodiscard]] inline v1::WatchEventsRequest RequestFrom(const std::string& cursor) {
  v1::WatchEventsRequest request;
  request.set_cursor(cursor);
  return request;
}

[[nodiscard]] inline std::vector<std::string> MessageIdsIn(
    const v1::WatchEventsResponse& response) {
  std::vector<std::string> ids;
  for (const v1::Event& event : response.events()) ids.push_back(event.message_id());
  return ids;
}

class Watching {
 public:
  Watching(ApiWorld& world, const v1::WatchEventsRequest& request)
      : Watching(world.shared(), request) {}
  Watching(server::api::Shared& shared, const v1::WatchEventsRequest& request) {
    auto watch = server::api::Watch::Open(shared, request, [this] { ++wakes_; });
    EXPECT_OK(watch);
    if (watch.ok()) watch_ = *std::move(watch);
  }

  // The next turn; its response is forgotten.
  server::api::WatchTurn Turn() {
    const auto turn = watch_->Next(response_);
    EXPECT_OK(turn);
    return turn.value_or(server::api::WatchTurn::kEnd);
  }
  // The next turn's response, which must be one.
  v1::WatchEventsResponse Send() {
    EXPECT_EQ(Turn(), server::api::WatchTurn::kSend);
    return response_;
  }
  // The next turn's error, which must be one.
  absl::Status Error() { return watch_->Next(response_).status(); }

  [[nodiscard]] server::api::Watch& watch() { return *watch_; }
  [[nodiscard]] int wakes() const { return wakes_; }

 private:
  std::atomic<int> wakes_ = 0;
  v1::WatchEventsResponse response_;
  std::unique_ptr<server::api::Watch> watch_;
};

}  // namespace mailtrail::test
