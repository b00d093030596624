#include "server/api/watch.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "server/api/error.h"
#include "server/api/event_filter.h"
#include "server/api/limits.h"
#include "server/api/time_proto.h"
#include "server/api/watch_start.h"
#include "storage/base/key_file.h"
#include "storage/base/status.h"
#include "storage/log/record.h"

namespace mailtrail::server::api {
namespace {

std::uint32_t RandomSeed() {
  std::uint32_t seed = 0;
  std::memcpy(&seed, RandomBytes(sizeof(seed)).data(), sizeof(seed));
  return seed;
}

// How long ago the place was the head: from the record there, or the oldest one that is kept. 0
// when it cannot be read, since the next read will say why.
std::int64_t LagAt(const Backend& backend, log::Sequence place) {
  const auto entries = backend.log.Read(
      {.from = std::max(place, backend.log.floor(0)), .records_max = 1, .bytes_max = 1});
  if (!entries.ok() || entries->empty()) return 0;
  const auto record = log::DecodeRecord(entries->front().record);
  if (!record.ok()) return 0;
  return std::max<std::int64_t>(backend.clock.Now().value - record->header.received_time.value, 0);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Watch>> Watch::Open(Shared& shared,
                                                   const v1::WatchEventsRequest& request,
                                                   std::function<void()> wake) {
  const Backend& backend = shared.backend();
  Settings settings{.explain = request.explain()};
  MT_ASSIGN_OR_RETURN(settings.view, ViewOf(request.view()));
  MT_ASSIGN_OR_RETURN(settings.progress_ms, ProgressMsOf(request));
  MT_ASSIGN_OR_RETURN(query::EventFilter filter,
                      ToEventFilter(request.filter(), {backend.sources, backend.indexed_headers}));
  MT_RETURN_IF_ERROR(CheckWatchable(filter, backend.preparer));
  MT_ASSIGN_OR_RETURN(const log::Sequence start, StartOf(shared, request, filter));
  if (request.stop_at_head()) settings.stop_at = backend.log.head(0);

  std::unique_ptr<Watch> watch(new Watch(shared, std::move(filter), start, settings));
  // Before the first read: what is committed after that read wakes.
  watch->watcher_ =
      backend.hub.Add(feed::InterestOf(watch->filter_, backend.preparer), std::move(wake));
  return watch;
}

Watch::Watch(Shared& shared, query::EventFilter filter, log::Sequence start,
             const Settings& settings)
    : shared_(shared),
      filter_(std::move(filter)),
      settings_(settings),
      reader_(shared.backend().events, shared.backend().log, filter_, start),
      jitter_(RandomSeed()),
      place_(start),
      sent_(start),
      cursor_(shared.cursors().At(shared.backend().log.eras(), start)) {}

void Watch::StopWaking() {
  if (watcher_) shared_.backend().hub.Remove(*watcher_);
  watcher_.reset();
}

absl::Status Watch::EndedBy(absl::Status why) const {
  return WithMetadata(std::move(why), "cursor", cursor_);
}

absl::StatusOr<WatchTurn> Watch::Next(v1::WatchEventsResponse& response) {
  if (ended_) return WatchTurn::kEnd;
  if (!opened_) {
    opened_ = true;
    at_head_ = place_ >= shared_.backend().log.head(0);
  } else {
    if (found_.empty() && !AtStop()) MT_RETURN_IF_ERROR(Read());
    if (found_.empty() && !AtStop() && shared_.backend().clock.SteadyMillis() < due_) {
      return at_head_ ? WatchTurn::kIdle : WatchTurn::kMore;
    }
  }
  Fill(response);
  return WatchTurn::kSend;
}

absl::Status Watch::Read() {
  auto step = reader_.Next(kWatchEventsMax, RawFor(settings_.view));
  if (absl::IsOutOfRange(step.status())) {
    return EndedBy(shared_.cursors().TooOld(shared_.backend().log));
  }
  if (!step.ok()) return EndedBy(FromStorage(step.status()));
  if (cost_.leading_term.empty()) cost_.leading_term = step->cost.leading_term;
  cost_.entries_read += step->cost.entries_read;
  cost_.records_read += step->cost.records_read;
  place_ = step->position;
  at_head_ = step->at_head;
  for (query::FoundEvent& found : step->events) {
    // What was committed after an export began is not part of it.
    if (settings_.stop_at && found.sequence > *settings_.stop_at) break;
    found_.push_back(std::move(found));
  }
  if (settings_.stop_at) place_ = std::min(place_, *settings_.stop_at);
  return absl::OkStatus();
}

void Watch::Fill(v1::WatchEventsResponse& response) {
  const Backend& backend = shared_.backend();
  const std::vector<log::Era> eras = backend.log.eras();
  const EventShape shape = shared_.ShapeFor(eras, settings_.view);
  response.Clear();
  std::size_t bytes = 0;
  while (!found_.empty() && response.events_size() < static_cast<int>(kWatchEventsMax)) {
    v1::Event event = ToProto(found_.front(), shape);
    bytes += event.ByteSizeLong();
    if (bytes > kPageBytesMax && response.events_size() > 0) break;
    *response.add_events() = std::move(event);
    sent_ = found_.front().sequence;
    found_.pop_front();
  }
  if (found_.empty()) sent_ = place_;
  cursor_ = shared_.cursors().At(eras, sent_);
  response.set_cursor(cursor_);

  const bool live = found_.empty() && (at_head_ || AtStop());
  response.set_phase(live ? v1::WatchEventsResponse::PHASE_LIVE
                          : v1::WatchEventsResponse::PHASE_CATCHING_UP);
  *response.mutable_lag() = ToDuration(live ? 0 : LagAt(backend, sent_));
  if (settings_.explain) AddCost(cost_, *response.mutable_explain());
  cost_ = {};
  if (AtStop()) ended_ = true;

  const std::int64_t jitter_max = settings_.progress_ms * kProgressJitterPercent / 100;
  due_ = backend.clock.SteadyMillis() + settings_.progress_ms -
         std::uniform_int_distribution<std::int64_t>(0, jitter_max)(jitter_);
}

}  // namespace mailtrail::server::api
