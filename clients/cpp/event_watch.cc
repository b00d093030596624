#include "clients/cpp/event_watch.h"

#include <chrono>
#include <utility>

#include "clients/cpp/error.h"

namespace mailtrail::client {
namespace {

// Whether the stream broke rather than ended. What has no reason of mailtrail's was not said by
// mailtrail, but by what lies between: a proxy that cuts a stream says INTERNAL, CANCELLED, UNKNOWN
// or even OK.
bool IsBroken(const absl::Status& why, bool stop_at_head) {
  if (why.ok()) return !stop_at_head;
  if (!ErrorInfoOf(why).reason.empty()) return IsRetryable(why);
  return IsRetryable(why) || absl::IsInternal(why) || absl::IsCancelled(why) ||
         absl::IsUnknown(why);
}

}  // namespace

EventWatch::EventWatch(const std::shared_ptr<grpc::Channel>& channel,
                       v1::WatchEventsRequest request, EventWatchOptions options)
    : stub_(v1::EventService::NewStub(channel)),
      options_(std::move(options)),
      request_(std::move(request)),
      backoff_(options_.seed) {}

EventWatch::~EventWatch() {
  Stop();
  if (stream_ == nullptr) return;
  // gRPC wants the stream read to its end before it is destroyed.
  v1::WatchEventsResponse rest;
  while (stream_->Read(&rest)) {
  }
  (void)stream_->Finish();
}

std::optional<v1::Event> EventWatch::Next() {
  while (!over_) {
    if (!events_.empty()) {
      v1::Event event = std::move(events_.front());
      events_.pop_front();
      MutexLock lock(mu_);
      cursor_ = events_.empty() ? after_events_ : event.cursor();
      return event;
    }
    if (stopped()) {
      over_ = true;
      break;
    }
    if (stream_ == nullptr) Open();
    if (Fetch()) continue;
    const absl::Status why = ToStatus(stream_->Finish());
    stream_.reset();
    over_ = !Recover(why);
  }
  return std::nullopt;
}

void EventWatch::Run(const std::function<void(const v1::Event&)>& handle) {
  while (auto event = Next()) handle(*event);
}

std::string EventWatch::cursor() const {
  MutexLock lock(mu_);
  return cursor_;
}

void EventWatch::Stop() {
  MutexLock lock(mu_);
  stopped_ = true;
  if (context_ != nullptr) context_->TryCancel();
  stop_asked_.NotifyAll();
}

bool EventWatch::stopped() const {
  MutexLock lock(mu_);
  return stopped_;
}

void EventWatch::Open() {
  MutexLock lock(mu_);
  if (!cursor_.empty()) request_.set_cursor(cursor_);
  context_ = std::make_unique<grpc::ClientContext>();
  if (stopped_) context_->TryCancel();
  stream_ = stub_->WatchEvents(context_.get(), request_);
  answered_ = false;
}

bool EventWatch::Fetch() {
  v1::WatchEventsResponse response;
  if (!stream_->Read(&response)) return false;
  // The first answer alone is no success: a stream may break at the same place each time.
  if (answered_ || !response.events().empty()) backoff_.Reset();
  answered_ = true;
  if (options_.on_response) options_.on_response(response);
  after_events_ = response.cursor();
  for (auto& event : *response.mutable_events()) events_.push_back(std::move(event));
  if (events_.empty()) {
    MutexLock lock(mu_);
    cursor_ = after_events_;
  }
  return true;
}

bool EventWatch::Recover(const absl::Status& why) {
  if (stopped()) return false;
  if (!IsBroken(why, request_.stop_at_head())) {
    status_ = why;
    return false;
  }
  const std::int64_t wait_ms = backoff_.NextMs();
  if (options_.on_resume) {
    options_.on_resume(why.ok() ? absl::UnavailableError("the stream was cut") : why, wait_ms);
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
  MutexLock lock(mu_);
  while (!stopped_) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return true;
    stop_asked_.WaitFor(mu_, left);
  }
  return false;
}

}  // namespace mailtrail::client
