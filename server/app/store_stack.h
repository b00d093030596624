#pragma once

// From the bytes on disk up to the questions: opened in order, closed in reverse.

#include <memory>

#include "absl/status/statusor.h"
#include "storage/base/clock.h"
#include "storage/base/logger.h"
#include "storage/base/metrics.h"
#include "storage/feed/hub.h"
#include "storage/index/prepared.h"
#include "storage/kv/store.h"
#include "storage/log/local_log.h"
#include "storage/query/events.h"
#include "storage/query/messages.h"
#include "storage/writer/opening.h"
#include "storage/writer/writer.h"

namespace mailtrail::server::app {

// The members are made in their order, each from those above it.
struct StoreStack {
  // Errors are OpenStore's. `clock`, `logger` and `metrics` must outlive the stack.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<StoreStack>> Open(
      std::unique_ptr<kv::Store> store, const writer::OpeningOptions& options, const Clock& clock,
      Logger& logger, MetricRegistry& metrics);

  StoreStack(std::unique_ptr<kv::Store> opened_store, writer::Opened from, const Clock& clock,
             Logger& logger, MetricRegistry& metrics)
      : store(std::move(opened_store)),
        opened(std::move(from)),
        preparer(opened.keys),
        log(*store, opened.meta),
        events(*store, log, preparer),
        messages(*store, log, preparer),
        writer({.store = *store,
                .log = log,
                .preparer = preparer,
                .clock = clock,
                .logger = logger,
                .metrics = metrics,
                .listener = &hub},
               opened.meta, {}) {}

  const std::unique_ptr<kv::Store> store;
  const writer::Opened opened;
  const index::Preparer preparer;
  log::LocalLog log;
  feed::Hub hub;
  const query::Events events;
  const query::Messages messages;
  writer::Writer writer;  // Last: its thread uses all of the above.
};

}  // namespace mailtrail::server::app
