#pragma once

#include <string>

#include "CLI/CLI.hpp"

namespace mailtrail::cli {

// What is wrong with a command line that `app` has failed to parse, as one sentence: it names the
// word that was not understood, and where help is.
[[nodiscard]] std::string ExplainUsage(const CLI::App& app, const CLI::ParseError& error);

}  // namespace mailtrail::cli
