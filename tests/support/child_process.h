#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace mailtrail::test {

// A program of ours in a process of its own, for tests that kill it. Its standard output can be
// read line by line; its standard error is the test's. Killed and waited for at the end of the
// scope.
class ChildProcess {
 public:
  // `program`: a path. Fails the test when it cannot be started.
  ChildProcess(const std::string& program, const std::vector<std::string>& arguments);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // Waits for the next line of standard output; nullopt at its end.
  [[nodiscard]] std::optional<std::string> ReadLine();
  // Sends a signal.
  void Signal(int signal) const;
  // Waits for the end: the exit code, or 128 + the signal that ended it.
  int Wait();

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  std::string buffer_;
};

}  // namespace mailtrail::test
