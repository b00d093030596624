#include "clients/cli/app.h"

#include <csignal>
#include <cstdio>

#include "CLI/CLI.hpp"
#include "clients/cli/calls.h"
#include "clients/cli/demo_command.h"
#include "clients/cli/event_commands.h"
#include "clients/cli/exit_code.h"
#include "clients/cli/message_commands.h"
#include "clients/cli/source_commands.h"
#include "clients/cli/usage.h"
#include "storage/base/text.h"

namespace mailtrail::cli {
namespace {

constexpr const char* kFooter =
    "Results go to stdout, everything else to stderr. JSON is one object a line; plain fields are "
    "always\n"
    "there, 64-bit counts are texts. Times without a zone are UTC, and shown times end in Z.\n"
    "Exit codes: 0 done, 1 the server refused or failed, 2 a mistake on the command line, 3 not "
    "found,\n"
    "4 no server or a busy one: try again, 5 the place to watch from is gone.\n";

}  // namespace

int Run(int argc, const char* const* argv) {
  // A reader that went away (`| head`) shows as a failed write, which ends the command quietly.
  std::signal(SIGPIPE, SIG_IGN);
  CallFlags flags;
  ExitCode exit = kOk;
  CLI::App app("mailtrail answers what became of mail sent with Amazon SES.", "mailtrail");
  app.set_version_flag("--version", Cat("mailtrail ", MAILTRAIL_VERSION));
  app.add_option("--server", flags.server, "The server's gRPC address")
      ->type_name("HOST:PORT")
      ->envname("MAILTRAIL_SERVER")
      ->capture_default_str();
  app.add_option("--output", flags.output, "table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(kFooter);
  AddMessageCommands(app, flags, exit);
  AddEventCommands(app, flags, exit);
  AddSourceCommands(app, flags, exit);
  AddDemoCommand(app, exit);
  // --server and --output may stand behind the command, too.
  for (CLI::App* command : app.get_subcommands({})) {
    command->fallthrough();
    for (CLI::App* verb : command->get_subcommands({})) verb->fallthrough();
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // Help and version.
    std::fputs(Cat("mailtrail: ", ExplainUsage(app, error), "\n").c_str(), stderr);
    return kUsage;
  }
  return exit;
}

}  // namespace mailtrail::cli
