#pragma once

// Log lines as JSON objects, one a line:
//
//   {"time":"2026-11-20T10:00:00.123Z","level":"warning","event":"push_refused","reason":"..."}

#include <cstdint>
#include <memory>
#include <ostream>
#include <string>
#include <unordered_map>

#include "storage/base/clock.h"
#include "storage/base/logger.h"
#include "storage/base/mutex.h"

namespace spdlog {
class logger;
}  // namespace spdlog

namespace mailtrail::server::observe {

// Thread-safe. Lines below `level` are dropped; so are those of one event beyond
// kLinesPerSecondMax, errors too, and the next line of that event carries "left_out".
class JsonLogger final : public Logger {
 public:
  // Writes to the process's stderr.
  JsonLogger(const Clock& clock, LogLevel level);
  // Writes to `out`, which must outlive it: for tests.
  JsonLogger(const Clock& clock, LogLevel level, std::ostream& out);

  void Write(LogLevel level, std::string_view event,
             std::initializer_list<LogField> fields) override;

 private:
  struct Rate {
    std::int64_t second = 0;
    int lines = 0;
    std::int64_t left_out = 0;
  };
  // How many lines of the event were left out before this one; -1 when this one is too.
  std::int64_t Admit(std::string_view event);

  const Clock& clock_;
  const LogLevel level_;
  const std::shared_ptr<spdlog::logger> out_;

  Mutex mu_;
  std::unordered_map<std::string, Rate> rates_ ABSL_GUARDED_BY(mu_);
};

}  // namespace mailtrail::server::observe
