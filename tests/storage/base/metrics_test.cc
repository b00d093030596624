#include "storage/base/metrics.h"

#include "gtest/gtest.h"

namespace mailtrail {
namespace {

TEST(NoMetrics, GivesHandlesThatTakeEverything) {
  MetricRegistry& registry = NoMetrics();
  Counter& counter = registry.GetCounter("mailtrail_test_total", "help", {{"reason", "test"}});
  counter.Increment();
  Gauge& gauge = registry.GetGauge("mailtrail_test", "help", {});
  gauge.Set(1);
  gauge.Add(-1);
  registry.GetHistogram("mailtrail_test_seconds", "help", {}, {0.1, 1}).Observe(0.5);
  EXPECT_EQ(&counter, &registry.GetCounter("mailtrail_test_total", "help", {{"reason", "test"}}));
}

}  // namespace
}  // namespace mailtrail
