#include "clients/cli/event_list.h"

#include <algorithm>
#include <cstdio>

#include "clients/cli/event_lines.h"
#include "clients/cli/table.h"
#include "clients/cpp/client.h"
#include "storage/base/clock.h"
#include "storage/base/text.h"

namespace mailtrail::cli {
namespace {

constexpr std::int64_t kPageEventsMax = 1'000;

// Shows a page; false when nobody reads any more.
bool Show(const v1::ListEventsResponse& page, Output& out) {
  if (out.format() == Format::kJson) {
    return std::all_of(page.events().begin(), page.events().end(),
                       [&](const v1::Event& event) { return out.Json(event); });
  }
  Table table(EventHeader());
  for (const v1::Event& event : page.events()) table.Add(EventRow(event));
  const auto lines = table.Lines();
  return std::all_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return out.Line(line); });
}

}  // namespace

ExitCode ListEvents(const CallFlags& flags, const EventListFlags& list) {
  v1::ListEventsRequest request;
  auto filter = list.filter.Filter(SystemClock().Now());
  if (!filter.ok()) return ReportUsage(filter.status());
  *request.mutable_filter() = *std::move(filter);
  request.set_order(list.order == "oldest" ? v1::ListEventsRequest::ORDER_OLDEST_FIRST
                                           : v1::ListEventsRequest::ORDER_NEWEST_FIRST);
  request.set_view(ParseView(list.view));
  request.set_explain(list.explain);
  const client::Client client(flags.Connect());
  Output out(flags.format());
  std::int64_t left = list.limit;
  while (true) {
    // One more than is shown tells whether the list was cut: a token alone does not, since a page
    // may be empty and not the last.
    request.set_page_size(static_cast<std::int32_t>(std::min(left + 1, kPageEventsMax)));
    auto page = client.ListEvents(request);
    if (!page.ok()) return Report(page.status());
    if (list.explain) ShowExplain(page->explain());
    const bool cut = page->events_size() > left;
    if (cut) page->mutable_events()->RemoveLast();
    const bool last = page->next_page_token().empty();
    // Only the last page shows an empty table.
    if ((!page->events().empty() || (last && left == list.limit)) && !Show(*page, out)) return kOk;
    left -= page->events_size();
    if (cut) break;
    if (last) return kOk;
    request.set_page_token(page->next_page_token());
  }
  if (out.ReaderGone()) return kOk;
  std::fputs(Cat("mailtrail: cut after ", list.limit, " events; --limit N shows more\n").c_str(),
             stderr);
  return kOk;
}

}  // namespace mailtrail::cli
