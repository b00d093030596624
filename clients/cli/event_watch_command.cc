#include "clients/cli/event_watch_command.h"

#include <cstdio>

#include "clients/cli/escape.h"
#include "clients/cli/event_lines.h"
#include "clients/cli/interrupt.h"
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

bool Show(const v1::Event& event, Output& out) {
  if (out.format() == Format::kJson) return out.Json(event);
  std::string line;
  for (const std::string& cell : EventRow(event)) line += Cat(line.empty() ? "" : "  ", cell);
  return out.Line(line);
}

void ShowResume(const absl::Status& why, std::int64_t wait_ms) {
  std::fputs(Cat("mailtrail: ", Escape(FromAbsl(why.message())), "; going on in ", wait_ms, " ms\n")
                 .c_str(),
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

  BlockEndSignals();
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
    const Interrupt interrupt(Interrupt::At::kSignalOrClosedOutput, [&watch] { watch.Stop(); });
    while (const auto event = watch.Next()) {
      if (!Show(*event, out)) return kOk;
    }
  }
  // A reader that has gone away wants no notice; a failure is one all the same.
  if (watch.status().ok() && out.ReaderGone()) return kOk;
  if (!watch.cursor().empty()) {
    std::fputs(Cat("mailtrail: stopped at cursor ", watch.cursor(), "\n").c_str(), stderr);
  }
  return watch.status().ok() ? kOk : Report(watch.status());
}

}  // namespace mailtrail::cli
