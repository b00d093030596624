#include "clients/cli/interrupt.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

namespace mailtrail::cli {
namespace {

sigset_t EndSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

int OpenSignals() {
  const sigset_t signals = EndSignals();
  return signalfd(-1, &signals, SFD_CLOEXEC);
}

}  // namespace

void BlockEndSignals() {
  const sigset_t signals = EndSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

Interrupt::Interrupt(At at, std::function<void()> stop)
    : stop_(std::move(stop)),
      signals_(OpenSignals()),
      over_(eventfd(0, EFD_CLOEXEC)),
      thread_([this, at] { Wait(at); }) {}

Interrupt::~Interrupt() {
  (void)eventfd_write(over_, 1);
  thread_.join();
  close(over_);
  close(signals_);
}

void Interrupt::Wait(At at) {
  // No events are asked of the output: a pipe without a reader is told all the same. poll() passes
  // over a negative descriptor.
  const int output = at == At::kSignalOrClosedOutput ? STDOUT_FILENO : -1;
  std::array<pollfd, 3> waits = {{{.fd = over_, .events = POLLIN, .revents = 0},
                                  {.fd = signals_, .events = POLLIN, .revents = 0},
                                  {.fd = output, .events = 0, .revents = 0}}};
  while (poll(waits.data(), waits.size(), -1) < 0 && errno == EINTR) {
  }
  if (waits[0].revents == 0) stop_();
}

}  // namespace mailtrail::cli
