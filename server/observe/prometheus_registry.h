#pragma once

#include <memory>
#include <string>

#include "storage/base/metrics.h"

namespace mailtrail::server::observe {

// Collects the metrics of every module for GET /metrics. Thread-safe.
class PrometheusRegistry final : public MetricRegistry {
 public:
  PrometheusRegistry();
  ~PrometheusRegistry() override;

  Counter& GetCounter(const std::string& name, const std::string& help,
                      const MetricLabels& labels) override;
  Gauge& GetGauge(const std::string& name, const std::string& help,
                  const MetricLabels& labels) override;
  Histogram& GetHistogram(const std::string& name, const std::string& help,
                          const MetricLabels& labels, const std::vector<double>& bounds) override;

  // All of them in Prometheus' text format, version 0.0.4.
  [[nodiscard]] std::string Text() const;

 private:
  struct Rep;
  std::unique_ptr<Rep> rep_;
};

}  // namespace mailtrail::server::observe
