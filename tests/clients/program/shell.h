#pragma once

// The program `mailtrail` as people use it: in a shell, behind pipes, with an environment.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/child_process.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::test {

// bash runs a script in which `mailtrail` is the built program and talks to `server` by default.
// Standard error goes to a file.
class Shell {
 public:
  Shell(std::string_view server, std::string_view script);

  // The process itself, when the script ends in `exec mailtrail ...`.
  [[nodiscard]] ChildProcess& process() { return process_; }
  // Standard output from here to its end, by line.
  [[nodiscard]] std::vector<std::string> Rest();
  // What went to standard error, once the process has ended.
  [[nodiscard]] std::string Errors();

 private:
  const TempDir folder_;
  ChildProcess process_;
};

struct Finished {
  int code = 0;
  std::vector<std::string> lines;
  std::string errors;
};

// Runs a script to its end.
[[nodiscard]] Finished RunShell(std::string_view server, std::string_view script);

// A port that takes connections, and knows whether there was one.
class SilentPort {
 public:
  SilentPort();
  ~SilentPort();
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;

  [[nodiscard]] const std::string& address() const { return address_; }
  // Whether somebody connected since the last call.
  [[nodiscard]] bool WasCalled() const;

 private:
  int socket_;
  std::string address_;
};

}  // namespace mailtrail::test
