#include "clients/cli/message_commands.h"

#include "clients/cli/trail.h"
#include "clients/cpp/client.h"

namespace mailtrail::cli {
namespace {

ExitCode GetMessage(const CallFlags& flags, const std::string& id, const std::string& view) {
  v1::GetMessageRequest request;
  request.set_id(id);
  request.set_view(v1::MESSAGE_VIEW_TRAIL);
  request.set_event_view(ParseView(view));
  const auto response = client::Client(flags.Connect()).GetMessage(request);
  if (!response.ok()) return Report(response.status());
  Output out(flags.format());
  if (out.format() == Format::kJson) {
    (void)out.Json(response->message());
    return kOk;
  }
  for (const std::string& line : TrailLines(response->message())) {
    if (!out.Line(line)) break;
  }
  return kOk;
}

}  // namespace

void AddMessageCommands(CLI::App& app, const CallFlags& flags, ExitCode& exit) {
  CLI::App* message = app.add_subcommand("message", "What became of messages");
  message->require_subcommand(1);

  CLI::App* get = message->add_subcommand("get", "One message with its trail");
  auto id = std::make_shared<std::string>();
  auto view = std::make_shared<std::string>("full");
  get->add_option("id", *id,
                  "SES's id, bare or as in the delivered Message-ID header "
                  "(<id@eu-west-1.amazonses.com>)")
      ->required();
  get->add_option("--view", *view, "Of the events: basic, full or raw")
      ->check(CLI::IsMember({"basic", "full", "raw"}))
      ->capture_default_str();
  get->callback([&flags, &exit, id, view] { exit = GetMessage(flags, *id, *view); });
}

}  // namespace mailtrail::cli
