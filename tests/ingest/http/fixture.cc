#include "tests/ingest/http/fixture.h"

#include <algorithm>
#include <utility>

#include "storage/base/text.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::ingest::http {

class RecordingMetrics::Handle final : public Counter, public Gauge {
 public:
  Handle(RecordingMetrics& owner, std::string key) : owner_(owner), key_(std::move(key)) {}
  void Add(double amount) override {
    MutexLock lock(owner_.mu_);
    owner_.values_[key_] += amount;
    owner_.changed_.NotifyAll();
  }
  void Set(double value) override {
    MutexLock lock(owner_.mu_);
    owner_.values_[key_] = value;
    owner_.changed_.NotifyAll();
  }

 private:
  RecordingMetrics& owner_;
  const std::string key_;
};

RecordingMetrics::Handle& RecordingMetrics::HandleOf(const std::string& name,
                                                     const MetricLabels& labels) {
  std::string key = name + "{";
  for (const auto& [label, value] : labels) {
    key += Cat(key.ends_with('{') ? "" : ",", value);
  }
  key += "}";
  MutexLock lock(mu_);
  std::shared_ptr<Handle>& handle = handles_[key];
  if (!handle) {
    handle = std::make_shared<Handle>(*this, key);
  }
  return *handle;
}

Counter& RecordingMetrics::GetCounter(const std::string& name, const std::string& /*help*/,
                                      const MetricLabels& labels) {
  return HandleOf(name, labels);
}

Gauge& RecordingMetrics::GetGauge(const std::string& name, const std::string& /*help*/,
                                  const MetricLabels& labels) {
  return HandleOf(name, labels);
}

Histogram& RecordingMetrics::GetHistogram(const std::string& name, const std::string& help,
                                          const MetricLabels& labels,
                                          const std::vector<double>& bounds) {
  return NoMetrics().GetHistogram(name, help, labels, bounds);
}

double RecordingMetrics::Value(const std::string& key) {
  MutexLock lock(mu_);
  return values_[key];
}

void RecordingMetrics::WaitFor(const std::string& key, double value) {
  MutexLock lock(mu_);
  while (values_[key] != value) {
    changed_.Wait(mu_);
  }
}

void RecordingLogger::Write(LogLevel /*level*/, std::string_view event,
                            std::initializer_list<LogField> fields) {
  std::string line(event);
  for (const LogField& field : fields) {
    line += Cat(" ", field.value);
  }
  MutexLock lock(mu_);
  lines_.push_back(std::move(line));
  changed_.NotifyAll();
}

void RecordingLogger::WaitForEvent(std::string_view event) {
  MutexLock lock(mu_);
  while (std::none_of(lines_.begin(), lines_.end(),
                      [&](const std::string& line) { return line.starts_with(event); })) {
    changed_.Wait(mu_);
  }
}

std::vector<std::string> RecordingLogger::Lines() {
  MutexLock lock(mu_);
  return lines_;
}

void HeldAnswers::Hold(Respond respond) {
  MutexLock lock(mu_);
  held_.push_back(std::move(respond));
  changed_.NotifyAll();
}

Respond HeldAnswers::Take() {
  MutexLock lock(mu_);
  while (held_.empty()) {
    changed_.Wait(mu_);
  }
  Respond respond = std::move(held_.front());
  held_.pop_front();
  return respond;
}

Options HttpTest::SmallOptions() {
  Options options;
  options.name = "test";
  options.sweep_ms = 5;
  return options;
}

void HttpTest::Restart(const Options& options) {
  auto started = Listener::Start(options, Routes(), clock_, metrics_, logger_);
  ASSERT_OK(started);
  listener_ = *std::move(started);
}

double HttpTest::Refused(const std::string& reason) {
  return metrics_.Value("mailtrail_http_refusals_total{test," + reason + "}");
}

double HttpTest::Open() { return metrics_.Value("mailtrail_http_connections_open{test}"); }

std::vector<Route> HttpTest::Routes() {
  return {
      {"POST", "/echo",
       [this](Request request, Respond respond) {
         ++echoed_;
         respond({.body = std::move(request.body)});
       }},
      {"POST", "/hold",
       [this](const Request& /*request*/, Respond respond) { held_.Hold(std::move(respond)); }},
      {"POST", "/drop", [](const Request& /*request*/, const Respond& /*respond*/) {}},
      {"POST", "/header",
       [](const Request& request, Respond respond) {
         respond({.body = std::string(request.headers.Get("X-Ask"))});
       }},
      {"GET", "/alive",
       [](const Request& /*request*/, Respond respond) { respond({.body = "alive\n"}); }},
      {"GET", "/big",
       [](const Request& /*request*/, Respond respond) {
         respond({.body = std::string(kBigBytes, 'x')});
       }},
  };
}

Witness::Witness(std::uint16_t port) : client_(port) {
  const Reply reply = client_.Ask(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(reply.status, 100);
}

void Witness::WaitForSweep() { EXPECT_EQ(client_.Read().status, 408); }

}  // namespace mailtrail::ingest::http
