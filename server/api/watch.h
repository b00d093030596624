#pragma once

// One watcher, without a wire: where it starts, what it says next, and when it must say something.
// server/grpc's stream asks it again after each response, each wake and each due time.

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "mailtrail/v1/event_service.pb.h"
#include "server/api/shared.h"
#include "storage/feed/reader.h"

namespace mailtrail::server::api {

enum class WatchTurn : std::uint8_t {
  kSend,  // The response is filled: send it, then ask again.
  kMore,  // Nothing to send yet, and more to read: ask again at once.
  kIdle,  // Nothing to send, everything read: ask again after a wake, or when due.
  kEnd,   // Everything that was asked for was sent.
};

// Used by one thread at a time, but for `wake`, which the writer's thread calls. A slow reader
// costs what one step read: at most some two megabytes.
class Watch {
 public:
  // Checks the request and finds the place where it starts, for which it may read. Errors are those
  // of WatchEvents. `shared` must outlive it. `wake`: called when there may be something new, from
  // the call on until StopWaking() or the end; see feed::Hub::Add for what it may do.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<Watch>> Open(
      Shared& shared, const v1::WatchEventsRequest& request, std::function<void()> wake);
  ~Watch() { StopWaking(); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // One bounded step, some 50 ms at most. The first turn sends at once, without events. An error is
  // the watch's end, with the cursor to resume from in its metadata; kUnavailable included.
  [[nodiscard]] absl::StatusOr<WatchTurn> Next(v1::WatchEventsResponse& response);

  // Steady milliseconds at which the next response must go out, whatever was found until then.
  [[nodiscard]] std::int64_t due() const { return due_; }
  // The cursor of the last response that Next filled; before the first, of the start.
  [[nodiscard]] const std::string& cursor() const { return cursor_; }
  // `why` with that cursor in its metadata, for a stream that is ended from outside.
  [[nodiscard]] absl::Status EndedBy(absl::Status why) const;

  // No wakes once it has returned. Waits for one that is being made.
  void StopWaking();

 private:
  struct Settings {
    v1::EventView view = v1::EVENT_VIEW_BASIC;
    std::int64_t progress_ms = 0;
    std::optional<log::Sequence> stop_at;
    bool explain = false;
  };

  Watch(Shared& shared, query::EventFilter filter, log::Sequence start, const Settings& settings);

  // Reads one step into `found_`.
  [[nodiscard]] absl::Status Read();
  // Fills a response with events of `found_`, or with none as progress.
  void Fill(v1::WatchEventsResponse& response);
  [[nodiscard]] bool AtStop() const {
    return settings_.stop_at && found_.empty() && place_ >= *settings_.stop_at;
  }

  Shared& shared_;
  const query::EventFilter filter_;
  const Settings settings_;
  feed::Reader reader_;
  std::optional<feed::WatcherId> watcher_;
  std::minstd_rand jitter_;

  std::deque<query::FoundEvent> found_;  // Read, and not in a response yet.
  log::Sequence place_;                  // All that matches up to here was read.
  log::Sequence sent_;                   // All that matches up to here was put into responses.
  bool at_head_ = false;
  bool opened_ = false;  // The first response was given.
  bool ended_ = false;   // The last one was.
  query::Cost cost_;     // Of the reads since the last response.
  std::int64_t due_ = 0;
  std::string cursor_;
};

}  // namespace mailtrail::server::api
