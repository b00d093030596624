#include "storage/writer/metrics.h"

namespace mailtrail::writer {

WriterMetrics::WriterMetrics(MetricRegistry& registry)
    : batch_records(registry.GetHistogram("mailtrail_writer_batch_records",
                                          "Commands in one synced write.", {},
                                          {1, 2, 4, 8, 16, 32, 64, 128, 256, 512})),
      // The clock counts milliseconds; that a shorter commit counts as 0 or 1 evens out in the sum.
      commit_seconds(registry.GetHistogram(
          "mailtrail_writer_commit_seconds", "From a batch's first row to its sync.", {},
          {.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10})),
      queue_records(registry.GetGauge("mailtrail_writer_queue_records",
                                      "Commands that wait for the writer.", {})),
      queue_bytes(registry.GetGauge("mailtrail_writer_queue_bytes",
                                    "Bytes of the commands that wait for the writer.", {})),
      committed(registry.GetCounter("mailtrail_writer_committed_events_total",
                                    "Events that became durable.", {})),
      duplicates_in_store(registry.GetCounter("mailtrail_writer_duplicate_events_total",
                                              "Events that were there already.",
                                              {{"found", "store"}})),
      duplicates_in_batch(registry.GetCounter("mailtrail_writer_duplicate_events_total",
                                              "Events that were there already.",
                                              {{"found", "batch"}})),
      refused_full(registry.GetCounter("mailtrail_writer_refused_total",
                                       "Commands that were not taken.", {{"reason", "full"}})),
      refused_unavailable(registry.GetCounter("mailtrail_writer_refused_total",
                                              "Commands that were not taken.",
                                              {{"reason", "unavailable"}})),
      failures(registry.GetCounter("mailtrail_writer_failures_total",
                                   "Batches whose write did not succeed.", {})),
      reopenings(registry.GetCounter("mailtrail_writer_reopenings_total",
                                     "Attempts to reopen the store after a failure.", {})),
      clock_distrusted(registry.GetGauge("mailtrail_writer_clock_distrusted",
                                         "1 while the wall clock is not used.", {})),
      stopped(registry.GetGauge("mailtrail_writer_stopped",
                                "1 once the writer has stopped for good after a failure.", {})) {}

}  // namespace mailtrail::writer
