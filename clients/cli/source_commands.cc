#include "clients/cli/source_commands.h"

#include "clients/cli/escape.h"
#include "clients/cli/table.h"
#include "clients/cli/time_flags.h"
#include "clients/cpp/client.h"
#include "storage/base/text.h"

namespace mailtrail::cli {
namespace {

using Refusals = google::protobuf::RepeatedPtrField<admin::v1::RefusalCount>;

std::string ShowRefusals(const Refusals& refusals) {
  std::string shown;
  for (const auto& refusal : refusals) {
    shown += Cat(shown.empty() ? "" : ", ", refusal.count(), " ", Escape(refusal.reason()), " (",
                 refusal.http_status(), ")");
  }
  return shown.empty() ? "-" : shown;
}

std::string ShowTopics(const admin::v1::Source& source) {
  std::string shown;
  for (const std::string& pattern : source.topic_patterns()) {
    shown += Cat(shown.empty() ? "" : ",", Escape(pattern));
  }
  return shown.empty() ? "(no longer configured)" : shown;
}

ExitCode ListSources(const CallFlags& flags) {
  const auto response = client::Client(flags.Connect()).ListSources();
  if (!response.ok()) return Report(response.status());
  Output out(flags.format());
  if (out.format() == Format::kJson) {
    for (const auto& source : response->sources()) {
      if (!out.Json(source)) break;
    }
    return kOk;
  }
  Table table({"NAME", "ACCOUNT", "REGION", "LAST PUSH", "STORED", "DUPLICATE", "IGNORED",
               "QUARANTINED", "REFUSED", "TOPICS"});
  for (const auto& source : response->sources()) {
    table.Add({Escape(source.name()), Escape(source.account_id()), Escape(source.region()),
               ShowTime(source.last_push_time()), Cat(source.stored_count()),
               Cat(source.duplicate_count()), Cat(source.ignored_count()),
               Cat(source.quarantined_count()), ShowRefusals(source.refusals()),
               ShowTopics(source)});
  }
  for (const std::string& line : table.Lines()) {
    if (!out.Line(line)) return kOk;
  }
  if (!response->unattributed_refusals().empty()) {
    (void)out.Line(Cat("Refused, of no source: ", ShowRefusals(response->unattributed_refusals())));
  }
  return kOk;
}

}  // namespace

void AddSourceCommands(CLI::App& app, const CallFlags& flags, ExitCode& exit) {
  CLI::App* source = app.add_subcommand("source", "Where events come from");
  source->require_subcommand(1);
  source->add_subcommand("list", "All sources, and how each is doing since the server's start")
      ->callback([&flags, &exit] { exit = ListSources(flags); });
}

}  // namespace mailtrail::cli
