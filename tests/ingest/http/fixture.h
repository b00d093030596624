#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "ingest/http/listener.h"
#include "storage/base/mutex.h"
#include "tests/ingest/http/client.h"
#include "tests/support/fake_clock.h"

namespace mailtrail::ingest::http {

// Remembers each metric by "name{label,...}", and lets a test wait for a value. Thread-safe.
class RecordingMetrics final : public MetricRegistry {
 public:
  Counter& GetCounter(const std::string& name, const std::string& help,
                      const MetricLabels& labels) override;
  Gauge& GetGauge(const std::string& name, const std::string& help,
                  const MetricLabels& labels) override;
  Histogram& GetHistogram(const std::string& name, const std::string& help,
                          const MetricLabels& labels, const std::vector<double>& bounds) override;

  [[nodiscard]] double Value(const std::string& key);
  void WaitFor(const std::string& key, double value);

 private:
  class Handle;
  Handle& HandleOf(const std::string& name, const MetricLabels& labels);

  Mutex mu_;
  CondVar changed_;
  std::map<std::string, double> values_ ABSL_GUARDED_BY(mu_);
  std::map<std::string, std::shared_ptr<Handle>> handles_ ABSL_GUARDED_BY(mu_);
};

// Remembers events, each with its fields' values: "http_refused test malformed". Thread-safe.
class RecordingLogger final : public Logger {
 public:
  void Write(LogLevel level, std::string_view event,
             std::initializer_list<LogField> fields) override;
  void WaitForEvent(std::string_view event);
  [[nodiscard]] std::vector<std::string> Lines();

 private:
  Mutex mu_;
  CondVar changed_;
  std::vector<std::string> lines_ ABSL_GUARDED_BY(mu_);
};

// Answers that a test gives when it wants to. Thread-safe.
class HeldAnswers {
 public:
  void Hold(Respond respond);
  // Waits for a request.
  Respond Take();

 private:
  Mutex mu_;
  CondVar changed_;
  std::deque<Respond> held_ ABSL_GUARDED_BY(mu_);
};

// A listener with one io thread, a clock that stands still, and a quick sweep.
//   POST /echo   the request's body, at once       GET /alive   "alive\n"
//   POST /hold   held until the test answers       GET /big     kBigBytes of body
//   POST /drop   lets go of Respond                POST /header the value of the field X-Ask
class HttpTest : public ::testing::Test {
 protected:
  static constexpr std::size_t kBigBytes = 64 * 1024 * 1024;

  void SetUp() override { Restart(SmallOptions()); }
  static Options SmallOptions();
  void Restart(const Options& options);
  [[nodiscard]] std::uint16_t port() const { return listener_->port(); }
  [[nodiscard]] double Refused(const std::string& reason);
  [[nodiscard]] double Open();

  test::FakeClock clock_;
  RecordingMetrics metrics_;
  RecordingLogger logger_;
  HeldAnswers held_;
  std::atomic<int> echoed_{0};
  std::unique_ptr<Listener> listener_;

 private:
  std::vector<Route> Routes();
};

// A client whose request waits for its body: its deadline is set, at the clock's present time. When
// the clock moves past it, its 408 proves that all connections were looked at.
class Witness {
 public:
  explicit Witness(std::uint16_t port);
  // Blocks until the listener has noticed that more than the body's time has passed.
  void WaitForSweep();

 private:
  Client client_;
};

}  // namespace mailtrail::ingest::http
