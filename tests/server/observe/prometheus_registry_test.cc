#include "server/observe/prometheus_registry.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace mailtrail::server::observe {
namespace {

using ::testing::HasSubstr;

TEST(PrometheusRegistry, ShowsWhatWasCounted) {
  PrometheusRegistry registry;
  registry.GetCounter("mailtrail_x_total", "Xs.", {{"kind", "a"}}).Add(2);
  registry.GetCounter("mailtrail_x_total", "Xs.", {{"kind", "b"}}).Increment();
  registry.GetGauge("mailtrail_depth", "Depth.", {}).Set(5);
  registry.GetGauge("mailtrail_depth", "Depth.", {}).Add(-1);
  registry.GetHistogram("mailtrail_seconds", "Time.", {}, {0.1, 1}).Observe(0.5);
  const std::string text = registry.Text();
  EXPECT_THAT(text, HasSubstr("# TYPE mailtrail_x_total counter"));
  EXPECT_THAT(text, HasSubstr("mailtrail_x_total{kind=\"a\"} 2"));
  EXPECT_THAT(text, HasSubstr("mailtrail_x_total{kind=\"b\"} 1"));
  EXPECT_THAT(text, HasSubstr("mailtrail_depth 4"));
  EXPECT_THAT(text, HasSubstr("mailtrail_seconds_bucket{le=\"0.1\"} 0"));
  EXPECT_THAT(text, HasSubstr("mailtrail_seconds_bucket{le=\"1\"} 1"));
}

TEST(PrometheusRegistry, GivesTheSameHandleForTheSameNameAndLabels) {
  PrometheusRegistry registry;
  EXPECT_EQ(&registry.GetCounter("a_total", "A.", {{"l", "1"}}),
            &registry.GetCounter("a_total", "A.", {{"l", "1"}}));
  EXPECT_NE(&registry.GetCounter("a_total", "A.", {{"l", "1"}}),
            &registry.GetCounter("a_total", "A.", {{"l", "2"}}));
}

}  // namespace
}  // namespace mailtrail::server::observe
