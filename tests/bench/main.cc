// mailtrail-bench RESULTS_FILE: what the release build does on this machine, beside what it could
// do.

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "clients/cli/demo/life_cycle.h"
#include "clients/cli/demo/signer.h"
#include "storage/base/clock.h"
#include "tests/bench/bare_store.h"
#include "tests/bench/http_load.h"
#include "tests/bench/results.h"
#include "tests/bench/rsa.h"
#include "tests/bench/server_process.h"
#include "tests/bench/startup.h"

namespace mailtrail::bench {
namespace {

constexpr char kTopic[] = "arn:aws:sns:eu-west-1:123456789012:bench";
constexpr std::size_t kPushes = 60'000;
constexpr std::size_t kConnections = 64;
constexpr double kPushesPerSecondTarget = 6'000;
constexpr std::size_t kStartupEvents = 1'000'000;
constexpr double kStartupMillisTarget = 1'000;

// Signing is the sender's cost: done before the clock runs.
std::vector<std::string> SignPushes(const std::filesystem::path& certificates) {
  const UnixMillis now = SystemClock().Now();
  const auto signer = demo::Signer::Open(certificates, now);
  if (!signer.ok()) std::abort();
  demo::LifeCycles cycles(1);
  std::vector<std::string> texts;
  for (std::int64_t i = 0; texts.size() < kPushes; ++i) {
    for (auto& event : cycles.Next({now.value - 60'000 + i}))
      texts.push_back(std::move(event.text));
  }
  texts.resize(kPushes);
  std::vector<std::string> bodies(kPushes);
  std::vector<std::jthread> threads;
  const std::size_t workers = std::max(1U, std::thread::hardware_concurrency());
  for (std::size_t worker = 0; worker < workers; ++worker) {
    threads.emplace_back([&, worker] {
      for (std::size_t i = worker; i < kPushes; i += workers) {
        bodies[i] = (*signer)->Notification(kTopic, texts[i], now, i);
      }
    });
  }
  threads.clear();
  return bodies;
}

void MeasurePushes(const std::filesystem::path& folder, std::vector<Result>& results) {
  const std::vector<std::string> bodies = SignPushes(folder / "certs");
  LoadReport load;
  double cpu_seconds = 0;
  double batch_events = 0;
  {
    const ServerProcess server({"--data-dir", folder / "data", "--topic-arn", kTopic,
                                "--signing-cert-dir", folder / "certs", "--http-listen",
                                "127.0.0.1:0", "--grpc-listen", "127.0.0.1:0", "--metrics-listen",
                                "127.0.0.1:0", "--log-level", "warning"});
    const double before = server.CpuSeconds();
    load = PostAll(server.http_port(), bodies, kConnections);
    cpu_seconds = server.CpuSeconds() - before;
    batch_events = server.Metric("mailtrail_writer_batch_records_sum") /
                   server.Metric("mailtrail_writer_batch_records_count");
  }
  if (load.failed > 0) {
    std::cerr << "bench: " << load.failed << " pushes were not taken" << std::endl;
    std::exit(1);
  }
  const double rsa_micros = RsaVerifyMicros();
  const BareStore bare = MeasureBareStore(
      folder / "bare", kPushes, std::max<std::size_t>(1, static_cast<std::size_t>(batch_events)));
  const double floor_micros = rsa_micros + bare.cpu_micros_per_event;
  const double cpu_micros = cpu_seconds * 1e6 / static_cast<double>(kPushes);
  const double cores = std::max(1U, std::thread::hardware_concurrency());
  results.push_back({.name = "pushes_per_second",
                     .unit = "1/s",
                     .measured = static_cast<double>(load.ok) / load.seconds,
                     .target = kPushesPerSecondTarget,
                     .ceiling = cores * 1e6 / floor_micros});
  results.push_back({.name = "push_p50", .unit = "ms", .measured = load.p50_ms});
  results.push_back({.name = "push_p99", .unit = "ms", .measured = load.p99_ms});
  results.push_back({.name = "cpu_per_push",
                     .unit = "us",
                     .measured = cpu_micros,
                     .ceiling = floor_micros,
                     .better = Better::kLower});
  results.push_back({.name = "rsa_verification", .unit = "us", .measured = rsa_micros});
  results.push_back(
      {.name = "bare_batch_per_event", .unit = "us", .measured = bare.cpu_micros_per_event});
  results.push_back(
      {.name = "bare_batch_events", .unit = "1/s", .measured = bare.events_per_second});
  results.push_back({.name = "mean_batch", .unit = "events", .measured = batch_events});
}

void MeasureStartup(const std::filesystem::path& folder, std::vector<Result>& results) {
  FillStore(folder / "million", kStartupEvents);
  const ServerProcess server({"--data-dir", folder / "million", "--topic-arn", kTopic,
                              "--http-listen", "127.0.0.1:0", "--grpc-listen", "127.0.0.1:0",
                              "--metrics-listen", "127.0.0.1:0", "--log-level", "warning"});
  results.push_back({.name = "start_on_a_million_events",
                     .unit = "ms",
                     .measured = server.start_seconds() * 1e3,
                     .target = kStartupMillisTarget,
                     .ceiling = std::nullopt,
                     .better = Better::kLower});
}

}  // namespace
}  // namespace mailtrail::bench

int main() {
  const std::filesystem::path results_file = MAILTRAIL_BENCH_RESULTS;
  const std::filesystem::path folder = results_file.parent_path() / "work";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::vector<mailtrail::bench::Result> results;
  mailtrail::bench::MeasurePushes(folder, results);
  mailtrail::bench::MeasureStartup(folder, results);
  mailtrail::bench::Report(results, results_file);
  std::filesystem::remove_all(folder);
  return 0;
}
