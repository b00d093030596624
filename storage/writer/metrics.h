#pragma once

#include "storage/base/metrics.h"

namespace mailtrail::writer {

// The writer's metrics, registered once.
struct WriterMetrics {
  explicit WriterMetrics(MetricRegistry& registry);

  Histogram& batch_records;
  Histogram& commit_seconds;
  Gauge& queue_records;
  Gauge& queue_bytes;
  Counter& committed;
  Counter& duplicates_in_store;
  Counter& duplicates_in_batch;
  Counter& refused_full;
  Counter& refused_unavailable;
  Counter& failures;
  Counter& reopenings;
  Gauge& clock_distrusted;
  Gauge& stopped;
};

}  // namespace mailtrail::writer
