#include "clients/cli/event_watch_command.h"

#include <csignal>
#include <cstdio>
#include <thread>

#include "clients/cli/event_lines.h"
#include "clients/cli/time_flags.h"
#include "clients/cpp/event_watch.h"
#include "storage/base/clock.h"
#include "storage/base/status.h"

namespace mailtrail::cli {
namespace {

// What --from says. A text that is no word and no time is a cursor: the server judges it.
void SetStart(const std::string& from, v1::WatchEventsRequest& request) {
  if (from == "now") {
    request.set_position(v1::WatchEventsRequest::POSITION_HEAD);
  } else if (from == "oldest") {
    request.set_position(v1::WatchEventsRequest::POSITION_OLDEST);
  } else if (const auto time = ParseTimeFlag("--from", from, SystemClock().Now()); time.ok()) {
    *request.mutable_start_time() = ToTimestamp(*time);
  } else {
    request.set_cursor(from);
  }
}

// Ends a watch when SIGINT or SIGTERM comes. The signals must be blocked in every thread.
class SignalStop {
 public:
  SignalStop(const sigset_t& signals, client::EventWatch& watch)
      : thread_([signals, &watch] {
          int signal = 0;
          sigwait(&signals, &signal);
          watch.Stop();
        }) {}
  ~SignalStop() {
    // Wakes the thread if no signal came.
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
  }
  SignalStop(const SignalStop&) = delete;
  SignalStop& operator=(const SignalStop&) = delete;

 private:
  std::thread thread_;
};

bool Show(const v1::Event& event, Output& out) {
  if (out.format() == Format::kJson) return out.Json(event);
  std::string line;
  for (const std::string& cell : EventRow(event)) line += Cat(line.empty() ? "" : "  ", cell);
  return out.Line(line);
}

void ShowResume(const absl::Status& why, std::int64_t wait_ms) {
  std::fputs(
      Cat("mailtrail: ", FromAbsl(why.message()), "; going on in ", wait_ms, " ms\n").c_str(),
      stderr);
}

}  // namespace

ExitCode WatchEvents(const CallFlags& flags, const EventWatchFlags& watch_flags) {
  v1::WatchEventsRequest request;
  auto filter = watch_flags.filter.Filter(SystemClock().Now());
  if (!filter.ok()) return ReportUsage(filter.status());
  *request.mutable_filter() = *std::move(filter);
  SetStart(watch_flags.from, request);
  request.set_view(ParseView(watch_flags.view));
  request.set_stop_at_head(watch_flags.stop_at_head);
  request.set_explain(watch_flags.explain);

  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  client::EventWatchOptions options;
  options.on_resume = ShowResume;
  if (watch_flags.explain) {
    options.on_response = [](const v1::WatchEventsResponse& response) {
      ShowExplain(response.explain());
    };
  }
  client::EventWatch watch(flags.Connect(), std::move(request), std::move(options));
  Output out(flags.format());
  {
    const SignalStop stop(signals, watch);
    while (const auto event = watch.Next()) {
      if (!Show(*event, out)) return kOk;
    }
  }
  if (!watch.cursor().empty()) {
    std::fputs(Cat("mailtrail: stopped at cursor ", watch.cursor(), "\n").c_str(), stderr);
  }
  return watch.status().ok() ? kOk : Report(watch.status());
}

}  // namespace mailtrail::cli
