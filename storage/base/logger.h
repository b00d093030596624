#pragma once

// Structured log lines without a logging library: server/observe writes them as JSON.
//
// Fields never hold a mail address, a subject, a link or a body: only ids, reasons, counts, names
// of ours and hashes.

#include <initializer_list>
#include <string>
#include <string_view>

namespace mailtrail {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

struct LogField {
  std::string_view name;
  std::string value;
};

// Thread-safe.
class Logger {
 public:
  virtual ~Logger() = default;
  // `event`: what happened, as a fixed snake_case word that can be searched for: "push_refused".
  virtual void Write(LogLevel level, std::string_view event,
                     std::initializer_list<LogField> fields) = 0;
};

// A logger that forgets everything.
[[nodiscard]] Logger& NoLogger();

}  // namespace mailtrail
