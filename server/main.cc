// The process: command line in, one server or one check, exit code out.

#include <csignal>
#include <iostream>

#include "server/app/app.h"
#include "server/app/check_command.h"
#include "server/config/command_line.h"
#include "server/observe/json_logger.h"
#include "storage/base/text.h"

namespace mailtrail::server {
namespace {

// Runs until SIGTERM or SIGINT, then drains. A second signal ends the process at once.
int RunServer(config::Config config) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  // Before any thread is started: all of them inherit it, and only sigwait() below sees the
  // signals.
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  observe::JsonLogger logger(SystemClock(), config.log_level);
  observe::PrometheusRegistry metrics;
  auto app = app::App::Start(std::move(config), {.clock = SystemClock(),
                                                 .logger = logger,
                                                 .metrics = metrics,
                                                 .fetch = std::nullopt,
                                                 .store = nullptr});
  if (!app.ok()) {
    std::cerr << "mailtrail-server: " << app.status().message() << std::endl;
    return 1;
  }
  const app::Ports ports = (*app)->ports();
  std::cout << "mailtrail-server is ready: http " << ports.http << ", grpc " << ports.grpc
            << ", metrics " << ports.metrics << std::endl;

  int signal = 0;
  sigwait(&signals, &signal);
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  logger.Write(LogLevel::kInfo, "stopping", {{"signal", Cat(signal)}});
  (*app)->Drain();
  return 0;
}

int Main(int argc, char** argv) {
  config::Command command = config::ParseCommandLine(argc, argv);
  if (const auto* exit = std::get_if<config::Exit>(&command)) {
    (exit->code == 0 ? std::cout : std::cerr) << exit->text << std::flush;
    return exit->code;
  }
  if (const auto* check = std::get_if<config::Check>(&command)) {
    return app::RunCheck(*check, std::cout, std::cerr);
  }
  return RunServer(std::get<config::Serve>(std::move(command)).config);
}

}  // namespace
}  // namespace mailtrail::server

int main(int argc, char** argv) { return mailtrail::server::Main(argc, argv); }
