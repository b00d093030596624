#include "clients/cli/event_commands.h"

#include <memory>

#include "clients/cli/event_lines.h"
#include "clients/cli/event_list.h"
#include "clients/cli/event_watch_command.h"
#include "clients/cli/table.h"
#include "clients/cpp/client.h"

namespace mailtrail::cli {
namespace {

constexpr const char* kListFooter =
    "Events are in the order in which they became known to the server, which is not always the "
    "order in\n"
    "which they happened: an import or a redrive brings old events late.\n";

void AddView(CLI::App& command, std::string& view) {
  command.add_option("--view", view, "basic, full or raw (with SES's JSON, base64 in JSON output)")
      ->check(CLI::IsMember({"basic", "full", "raw"}))
      ->capture_default_str();
}

ExitCode GetEvent(const CallFlags& flags, const std::string& id, const std::string& view) {
  const auto event = client::Client(flags.Connect()).GetEvent(id, ParseView(view));
  if (!event.ok()) return Report(event.status());
  Output out(flags.format());
  if (out.format() == Format::kJson) {
    (void)out.Json(*event);
    return kOk;
  }
  Table table(EventHeader());
  table.Add(EventRow(*event));
  for (const std::string& line : table.Lines()) {
    if (!out.Line(line)) break;
  }
  return kOk;
}

void AddGet(CLI::App& event, const CallFlags& flags, ExitCode& exit) {
  CLI::App* get = event.add_subcommand("get", "One event by its id");
  auto id = std::make_shared<std::string>();
  auto view = std::make_shared<std::string>("full");
  get->add_option("id", *id, "<SES message id>-<16 characters>")->required();
  AddView(*get, *view);
  get->callback([&flags, &exit, id, view] { exit = GetEvent(flags, *id, *view); });
}

void AddList(CLI::App& event, const CallFlags& flags, ExitCode& exit) {
  CLI::App* command = event.add_subcommand("list", "Events that match, newest first");
  auto list = std::make_shared<EventListFlags>();
  list->filter.AddTo(*command);
  AddView(*command, list->view);
  command->add_option("--order", list->order, "newest or oldest first, as they became known")
      ->check(CLI::IsMember({"newest", "oldest"}))
      ->capture_default_str();
  command->add_option("--limit", list->limit, "At most so many events")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{100'000'000}))
      ->capture_default_str();
  command->add_flag("--explain", list->explain, "Say on stderr what was read");
  command->footer(kListFooter);
  command->callback([&flags, &exit, list] { exit = ListEvents(flags, *list); });
}

void AddWatch(CLI::App& event, const CallFlags& flags, ExitCode& exit) {
  CLI::App* command = event.add_subcommand(
      "watch", "Events as they become known; goes on by itself when the server was away");
  auto watch = std::make_shared<EventWatchFlags>();
  watch->filter.AddTo(*command);
  AddView(*command, watch->view);
  command
      ->add_option("--from", watch->from,
                   "now, oldest, a cursor, or a time (received from then on; like --since)")
      ->capture_default_str();
  command->add_flag("--stop-at-head", watch->stop_at_head,
                    "End when everything known is shown: an export");
  command->add_flag("--explain", watch->explain, "Say on stderr what was read");
  command->callback([&flags, &exit, watch] { exit = WatchEvents(flags, *watch); });
}

}  // namespace

void AddEventCommands(CLI::App& app, const CallFlags& flags, ExitCode& exit) {
  CLI::App* event = app.add_subcommand("event", "What happened");
  event->require_subcommand(1);
  AddGet(*event, flags, exit);
  AddList(*event, flags, exit);
  AddWatch(*event, flags, exit);
}

}  // namespace mailtrail::cli
