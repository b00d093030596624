#include "clients/cli/usage.h"

#include <vector>

#include "clients/cli/escape.h"
#include "storage/base/text.h"

namespace mailtrail::cli {
namespace {

// "get, list, watch"; empty for a command that has no others.
std::string CommandsOf(const CLI::App& command) {
  std::string names;
  for (const CLI::App* sub : command.get_subcommands([](const CLI::App*) { return true; })) {
    names += Cat(names.empty() ? "" : ", ", sub->get_name());
  }
  return names;
}

std::string Mistake(const std::string& path, const CLI::App& reached, const std::string& word) {
  const std::string shown = Escape(word);
  if (word.starts_with('-')) return Cat("'", shown, "' is no flag of '", path, "'");
  const std::string commands = CommandsOf(reached);
  if (commands.empty()) return Cat("'", path, "' does not take the word '", shown, "'");
  return Cat("'", shown, "' is no command of '", path, "', which has ", commands);
}

}  // namespace

std::string ExplainUsage(const CLI::App& app, const CLI::ParseError& error) {
  // How far the words were understood: "mailtrail event".
  const CLI::App* reached = &app;
  std::string path = app.get_name();
  while (!reached->get_subcommands().empty()) {
    reached = reached->get_subcommands().front();
    path += Cat(" ", reached->get_name());
  }
  const std::vector<std::string> unknown = app.remaining(true);
  std::string mistake = Escape(error.what());
  if (!unknown.empty()) {
    mistake = Mistake(path, *reached, unknown.front());
  } else if (error.get_name() == "RequiredError" && !CommandsOf(*reached).empty()) {
    mistake = Cat("'", path, "' needs a command: ", CommandsOf(*reached));
  }
  return Cat(mistake, "; see '", path, " --help'");
}

}  // namespace mailtrail::cli
