#pragma once

#include <functional>
#include <thread>

namespace mailtrail::cli {

// Blocks SIGINT and SIGTERM in this thread and in those that it starts from now on, so that an
// Interrupt gets them. Call it before anything that starts threads: gRPC does so with its first
// channel.
void BlockEndSignals();

// Ends a command that goes on until somebody has had enough.
class Interrupt {
 public:
  enum class At {
    kSignal,
    // Also when nobody reads standard output any more (`| head`): a command that has nothing to
    // write would not notice.
    kSignalOrClosedOutput,
  };

  // Calls `stop` at the first of them, once, from a thread of its own. What `stop` uses must
  // outlive this.
  Interrupt(At at, std::function<void()> stop);
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

 private:
  void Wait(At at);

  const std::function<void()> stop_;
  const int signals_;
  const int over_;
  std::thread thread_;
};

}  // namespace mailtrail::cli
