#pragma once

#include <filesystem>
#include <string>
#include <variant>

#include "server/config/config.h"

namespace mailtrail::server::config {

// `mailtrail-server [flags]`
struct Serve {
  Config config;
};

// `mailtrail-server check --data-dir DIR [--key-file FILE]`
struct Check {
  std::filesystem::path data_dir;
  std::filesystem::path key_file;
};

// Nothing to run: help, version, or a mistake. `text` ends in a line end.
struct Exit {
  int code = 0;  // 0; 2 for a mistake.
  std::string text;
};

using Command = std::variant<Serve, Check, Exit>;

// Reads flags, then the environment (MAILTRAIL_<FLAG> in upper case with '_'), then the file that
// --config names: the first of them that has a value wins. A mistake is one sentence that names the
// flag. Does not read the file's sources, see ReadSources().
[[nodiscard]] Command ParseCommandLine(int argc, const char* const* argv);

}  // namespace mailtrail::server::config
