#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage/base/metrics.h"
#include "storage/base/mutex.h"

namespace mailtrail::test {

// A registry whose values a test can read. Thread-safe.
class FakeMetrics final : public MetricRegistry {
 public:
  // The value of a counter or gauge, or the sum of what a histogram observed. 0 when nobody has
  // asked for it.
  [[nodiscard]] double Value(const std::string& name, const MetricLabels& labels = {}) const {
    MutexLock lock(mu_);
    const auto found = handles_.find({name, labels});
    return found == handles_.end() ? 0 : found->second->value();
  }
  // Whether somebody has asked for it.
  [[nodiscard]] bool Has(const std::string& name, const MetricLabels& labels = {}) const {
    MutexLock lock(mu_);
    return handles_.contains({name, labels});
  }

  Counter& GetCounter(const std::string& name, const std::string& /*help*/,
                      const MetricLabels& labels) override {
    return HandleOf(name, labels).counter;
  }
  Gauge& GetGauge(const std::string& name, const std::string& /*help*/,
                  const MetricLabels& labels) override {
    return HandleOf(name, labels).gauge;
  }
  Histogram& GetHistogram(const std::string& name, const std::string& /*help*/,
                          const MetricLabels& labels,
                          const std::vector<double>& /*bounds*/) override {
    return HandleOf(name, labels).histogram;
  }

 private:
  // One number that all three kinds write.
  class Number {
   public:
    void Set(double value) {
      MutexLock lock(mu_);
      value_ = value;
    }
    void Add(double amount) {
      MutexLock lock(mu_);
      value_ += amount;
    }
    [[nodiscard]] double Get() const {
      MutexLock lock(mu_);
      return value_;
    }

   private:
    mutable Mutex mu_;
    double value_ ABSL_GUARDED_BY(mu_) = 0;
  };
  struct FakeCounter final : Counter {
    explicit FakeCounter(Number& n) : number(n) {}
    void Add(double amount) override { number.Add(amount); }
    Number& number;
  };
  struct FakeGauge final : Gauge {
    explicit FakeGauge(Number& n) : number(n) {}
    void Set(double value) override { number.Set(value); }
    void Add(double amount) override { number.Add(amount); }
    Number& number;
  };
  struct FakeHistogram final : Histogram {
    explicit FakeHistogram(Number& n) : number(n) {}
    void Observe(double value) override { number.Add(value); }
    Number& number;
  };
  struct Handle {
    [[nodiscard]] double value() const { return number.Get(); }
    Number number;
    FakeCounter counter{number};
    FakeGauge gauge{number};
    FakeHistogram histogram{number};
  };

  Handle& HandleOf(const std::string& name, const MetricLabels& labels) {
    MutexLock lock(mu_);
    std::unique_ptr<Handle>& handle = handles_[{name, labels}];
    if (handle == nullptr) handle = std::make_unique<Handle>();
    return *handle;
  }

  mutable Mutex mu_;
  std::map<std::pair<std::string, MetricLabels>, std::unique_ptr<Handle>> handles_
      ABSL_GUARDED_BY(mu_);
};

}  // namespace mailtrail::test
