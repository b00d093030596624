#include "clients/cli/demo_command.h"

#include <atomic>
#include <cstdio>
#include <memory>

#include "clients/cli/demo/pusher.h"
#include "clients/cli/interrupt.h"
#include "storage/base/text.h"

namespace mailtrail::cli {
namespace {

constexpr const char* kFooter =
    "The demo signs with a key of its own and leaves its certificate in DIR. Start the server with "
    "the\n"
    "same --topic-arn and --signing-cert-dir, and it takes the pushes for genuine:\n"
    "\n"
    "  mailtrail demo --signing-cert-dir certs --prepare\n"
    "  mailtrail-server --data-dir data --signing-cert-dir certs --topic-arn ARN &\n"
    "  mailtrail demo --signing-cert-dir certs --topic-arn ARN\n";

constexpr const char* kTopic = "arn:aws:sns:eu-west-1:123456789012:mailtrail-demo";

struct DemoFlags {
  demo::PusherOptions push = {.endpoint = "http://127.0.0.1:8025/v1/sns", .topic_arn = kTopic};
  std::string signing_cert_dir;
  bool prepare = false;
};

void Show(const demo::PusherReport& report) {
  std::fputs(Cat("demo: ", report.messages, " messages, ", report.events, " events, ",
                 report.retries, " retries\n")
                 .c_str(),
             stderr);
}

ExitCode Demo(const DemoFlags& flags) {
  const auto signer = demo::Signer::Open(flags.signing_cert_dir, SystemClock().Now());
  if (!signer.ok()) return Report(signer.status());
  if (flags.prepare) return kOk;
  BlockEndSignals();
  std::atomic<bool> stopped = false;
  const Interrupt interrupt(Interrupt::At::kSignal, [&stopped] { stopped = true; });
  std::uint64_t told = 0;
  const auto report = demo::Push(flags.push, **signer, SystemClock(), stopped,
                                 [&told](const demo::PusherReport& so_far) {
                                   // Every tenth second is enough for a screen.
                                   if (told++ % 10 == 0) Show(so_far);
                                 });
  if (!report.ok()) return Report(report.status());
  Show(*report);
  return kOk;
}

}  // namespace

void AddDemoCommand(CLI::App& app, ExitCode& exit) {
  CLI::App* command =
      app.add_subcommand("demo", "Push made-up life cycles of mail at a server, signed like SNS");
  auto flags = std::make_shared<DemoFlags>();
  command->add_option("--endpoint", flags->push.endpoint, "Where the server listens for pushes")
      ->type_name("URL")
      ->capture_default_str();
  command->add_option("--topic-arn", flags->push.topic_arn, "The topic they claim to come from")
      ->type_name("ARN")
      ->capture_default_str();
  command
      ->add_option("--signing-cert-dir", flags->signing_cert_dir,
                   "Where key and certificate of the demo are kept; made when absent")
      ->type_name("DIR")
      ->required();
  command
      ->add_option("--rate", flags->push.rate,
                   "Messages a second; 0 sends everything as fast as it is taken")
      ->check(CLI::Range(0.0, 10'000.0))
      ->capture_default_str();
  command->add_option("--messages", flags->push.messages, "How many messages; 0: until stopped")
      ->capture_default_str();
  command->add_option("--seed", flags->push.seed, "Other numbers make other mail")
      ->capture_default_str();
  command->add_flag("--prepare", flags->prepare, "Only make the certificate, and end");
  command->footer(kFooter);
  command->callback([&exit, flags] { exit = Demo(*flags); });
}

}  // namespace mailtrail::cli
