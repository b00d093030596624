#include "server/observe/prometheus_registry.h"

#include <map>

#include "prometheus/counter.h"
#include "prometheus/gauge.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"
#include "prometheus/text_serializer.h"
#include "storage/base/mutex.h"

namespace mailtrail::server::observe {
namespace {

class PrometheusCounter final : public Counter {
 public:
  explicit PrometheusCounter(prometheus::Counter& counter) : counter_(counter) {}
  void Add(double amount) override { counter_.Increment(amount); }

 private:
  prometheus::Counter& counter_;
};

class PrometheusGauge final : public Gauge {
 public:
  explicit PrometheusGauge(prometheus::Gauge& gauge) : gauge_(gauge) {}
  void Set(double value) override { gauge_.Set(value); }
  void Add(double amount) override { gauge_.Increment(amount); }

 private:
  prometheus::Gauge& gauge_;
};

class PrometheusHistogram final : public Histogram {
 public:
  explicit PrometheusHistogram(prometheus::Histogram& histogram) : histogram_(histogram) {}
  void Observe(double value) override { histogram_.Observe(value); }

 private:
  prometheus::Histogram& histogram_;
};

prometheus::Labels ToLabels(const MetricLabels& labels) { return {labels.begin(), labels.end()}; }

// The handle over `metric`, made once: the library gives the same metric for the same labels.
template <typename Handle, typename Metric>
Handle& HandleOf(std::map<const void*, Handle>& handles, Metric& metric) {
  return handles.try_emplace(&metric, metric).first->second;
}

}  // namespace

struct PrometheusRegistry::Rep {
  prometheus::Registry registry;
  Mutex mu;
  std::map<const void*, PrometheusCounter> counters ABSL_GUARDED_BY(mu);
  std::map<const void*, PrometheusGauge> gauges ABSL_GUARDED_BY(mu);
  std::map<const void*, PrometheusHistogram> histograms ABSL_GUARDED_BY(mu);
};

PrometheusRegistry::PrometheusRegistry() : rep_(std::make_unique<Rep>()) {}
PrometheusRegistry::~PrometheusRegistry() = default;

Counter& PrometheusRegistry::GetCounter(const std::string& name, const std::string& help,
                                        const MetricLabels& labels) {
  MutexLock lock(rep_->mu);
  auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(rep_->registry);
  return HandleOf(rep_->counters, family.Add(ToLabels(labels)));
}

Gauge& PrometheusRegistry::GetGauge(const std::string& name, const std::string& help,
                                    const MetricLabels& labels) {
  MutexLock lock(rep_->mu);
  auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(rep_->registry);
  return HandleOf(rep_->gauges, family.Add(ToLabels(labels)));
}

Histogram& PrometheusRegistry::GetHistogram(const std::string& name, const std::string& help,
                                            const MetricLabels& labels,
                                            const std::vector<double>& bounds) {
  MutexLock lock(rep_->mu);
  auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(rep_->registry);
  return HandleOf(rep_->histograms, family.Add(ToLabels(labels), bounds));
}

std::string PrometheusRegistry::Text() const {
  return prometheus::TextSerializer().Serialize(rep_->registry.Collect());
}

}  // namespace mailtrail::server::observe
