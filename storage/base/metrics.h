#pragma once

// Handles for metrics. Who counts does not know who collects: server/observe's registry exports
// them to Prometheus, tests read them, and a module that was given no registry counts into nothing.
//
// Names follow Prometheus: mailtrail_<module>_<what>_<unit>, counters end in _total. Label values
// are words of ours, never text from outside.

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mailtrail {

using MetricLabels = std::vector<std::pair<std::string, std::string>>;

// Thread-safe, as all handles.
class Counter {
 public:
  virtual ~Counter() = default;
  virtual void Add(double amount) = 0;
  void Increment() { Add(1); }
};

class Gauge {
 public:
  virtual ~Gauge() = default;
  virtual void Set(double value) = 0;
  virtual void Add(double amount) = 0;
};

class Histogram {
 public:
  virtual ~Histogram() = default;
  virtual void Observe(double value) = 0;
};

// Thread-safe. Handles live as long as the registry; asking twice for one name and labels gives the
// same handle.
class MetricRegistry {
 public:
  virtual ~MetricRegistry() = default;
  virtual Counter& GetCounter(const std::string& name, const std::string& help,
                              const MetricLabels& labels) = 0;
  virtual Gauge& GetGauge(const std::string& name, const std::string& help,
                          const MetricLabels& labels) = 0;
  // `bounds`: upper bounds of the buckets, ascending.
  virtual Histogram& GetHistogram(const std::string& name, const std::string& help,
                                  const MetricLabels& labels,
                                  const std::vector<double>& bounds) = 0;
};

// A registry that forgets everything.
[[nodiscard]] MetricRegistry& NoMetrics();

}  // namespace mailtrail
