#pragma once

// A watch that resumes by itself: each event exactly once and in order, whatever breaks in between.
//
//   EventWatch watch(channel, request, {});
//   while (auto event = watch.Next()) Handle(*event);        // iterator
//   std::cerr << watch.status() << watch.cursor();
//
//   watch.Run([](const v1::Event& event) { Handle(event); });  // or callback

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "clients/cpp/backoff.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "mailtrail/v1/event_service.grpc.pb.h"
#include "storage/base/mutex.h"

namespace mailtrail::client {

struct EventWatchOptions {
  // Told before each wait for a new attempt. From the thread that reads.
  std::function<void(const absl::Status& why, std::int64_t wait_ms)> on_resume;
  // Told of each response, also those without events: progress, phase, explain.
  std::function<void(const v1::WatchEventsResponse&)> on_response;
  // For the jitter.
  std::uint32_t seed = std::random_device{}();
};

// One reader reads; Stop() and cursor() may be called from any thread.
class EventWatch {
 public:
  // Connects with the first Next(). The request's start counts for the first attempt; after that
  // the watch goes on from the last event that Next() gave, or the last progress behind it.
  EventWatch(const std::shared_ptr<grpc::Channel>& channel, v1::WatchEventsRequest request,
             EventWatchOptions options);
  ~EventWatch();
  EventWatch(const EventWatch&) = delete;
  EventWatch& operator=(const EventWatch&) = delete;

  // The next event; blocks until there is one. Nullopt when the watch is over: status() says why.
  [[nodiscard]] std::optional<v1::Event> Next();
  // Next() in a loop.
  void Run(const std::function<void(const v1::Event&)>& handle);

  // OK after Stop() and at the head with stop_at_head; else an error that resuming cannot mend,
  // such as CURSOR_TOO_OLD, whose ErrorInfo says from where one can go on.
  [[nodiscard]] const absl::Status& status() const { return status_; }

  // Everything up to here was given out by Next(), or did not match. Empty before the first
  // response.
  [[nodiscard]] std::string cursor() const;

  // Ends the watch: a Next() that waits returns nullopt.
  void Stop();

 private:
  // Reads a response into events_; false when the stream has ended.
  bool Fetch();
  void Open();
  // Waits before the next attempt, or ends the watch. True to go on.
  bool Recover(const absl::Status& why);
  [[nodiscard]] bool stopped() const;

  const std::unique_ptr<v1::EventService::Stub> stub_;
  const EventWatchOptions options_;
  v1::WatchEventsRequest request_;
  Backoff backoff_;
  std::unique_ptr<grpc::ClientReader<v1::WatchEventsResponse>> stream_;
  std::deque<v1::Event> events_;
  bool answered_ = false;     // The stream has given a response.
  std::string after_events_;  // The last response's cursor: good once events_ is empty.
  absl::Status status_;
  bool over_ = false;

  mutable Mutex mu_;
  CondVar stop_asked_;
  std::unique_ptr<grpc::ClientContext> context_ ABSL_GUARDED_BY(mu_);
  std::string cursor_ ABSL_GUARDED_BY(mu_);
  bool stopped_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace mailtrail::client
