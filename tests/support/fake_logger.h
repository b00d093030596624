#pragma once

#include <string>
#include <vector>

#include "storage/base/logger.h"
#include "storage/base/mutex.h"
#include "storage/base/text.h"

namespace mailtrail::test {

// A logger whose lines a test can read. Thread-safe.
class FakeLogger final : public Logger {
 public:
  void Write(LogLevel level, std::string_view event,
             std::initializer_list<LogField> fields) override {
    static constexpr std::string_view kNames[] = {"debug", "info", "warning", "error"};
    std::string line = Cat(kNames[static_cast<std::size_t>(level)], " ", event);
    for (const LogField& field : fields) line += Cat(" ", field.name, "=", field.value);
    MutexLock lock(mu_);
    lines_.push_back(std::move(line));
  }

  // Each as "level event name=value name=value".
  [[nodiscard]] std::vector<std::string> Lines() const {
    MutexLock lock(mu_);
    return lines_;
  }

 private:
  mutable Mutex mu_;
  std::vector<std::string> lines_ ABSL_GUARDED_BY(mu_);
};

}  // namespace mailtrail::test
