#include "storage/base/metrics.h"

namespace mailtrail {
namespace {

class NoCounter final : public Counter {
 public:
  void Add(double /*amount*/) override {}
};

class NoGauge final : public Gauge {
 public:
  void Set(double /*value*/) override {}
  void Add(double /*amount*/) override {}
};

class NoHistogram final : public Histogram {
 public:
  void Observe(double /*value*/) override {}
};

class NoRegistry final : public MetricRegistry {
 public:
  Counter& GetCounter(const std::string& /*name*/, const std::string& /*help*/,
                      const MetricLabels& /*labels*/) override {
    return counter_;
  }
  Gauge& GetGauge(const std::string& /*name*/, const std::string& /*help*/,
                  const MetricLabels& /*labels*/) override {
    return gauge_;
  }
  Histogram& GetHistogram(const std::string& /*name*/, const std::string& /*help*/,
                          const MetricLabels& /*labels*/,
                          const std::vector<double>& /*bounds*/) override {
    return histogram_;
  }

 private:
  NoCounter counter_;
  NoGauge gauge_;
  NoHistogram histogram_;
};

}  // namespace

MetricRegistry& NoMetrics() {
  static NoRegistry registry;  // Holds no state.
  return registry;
}

}  // namespace mailtrail
