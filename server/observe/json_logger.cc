#include "server/observe/json_logger.h"

#include <utility>

#include "nlohmann/json.hpp"
#include "server/observe/limits.h"
#include "spdlog/logger.h"
#include "spdlog/sinks/ostream_sink.h"
#include "spdlog/sinks/stdout_sinks.h"

namespace mailtrail::server::observe {
namespace {

std::shared_ptr<spdlog::logger> MakeLogger(spdlog::sink_ptr sink) {
  auto logger = std::make_shared<spdlog::logger>("mailtrail", std::move(sink));
  logger->set_pattern("%v");
  logger->set_level(spdlog::level::trace);
  logger->flush_on(spdlog::level::trace);
  return logger;
}

std::string_view NameOf(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "error";
}

}  // namespace

JsonLogger::JsonLogger(const Clock& clock, LogLevel level)
    : clock_(clock),
      level_(level),
      out_(MakeLogger(std::make_shared<spdlog::sinks::stderr_sink_mt>())) {}

JsonLogger::JsonLogger(const Clock& clock, LogLevel level, std::ostream& out)
    : clock_(clock),
      level_(level),
      out_(MakeLogger(std::make_shared<spdlog::sinks::ostream_sink_mt>(out))) {}

void JsonLogger::Write(LogLevel level, std::string_view event,
                       std::initializer_list<LogField> fields) {
  if (level < level_) return;
  const std::int64_t left_out = Admit(event);
  if (left_out < 0) return;
  nlohmann::ordered_json line;
  line["time"] = FormatTime(clock_.Now());
  line["level"] = NameOf(level);
  line["event"] = event;
  for (const LogField& field : fields) {
    line[std::string(field.name)] = field.value.substr(0, kFieldBytesMax);
  }
  if (left_out > 0) line["left_out"] = left_out;
  // A cut may fall inside a character: the handler replaces what is no UTF-8.
  out_->info(line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

std::int64_t JsonLogger::Admit(std::string_view event) {
  const std::int64_t second = clock_.SteadyMillis() / kMillisPerSecond;
  MutexLock lock(mu_);
  Rate& rate = rates_[std::string(event)];
  if (rate.second != second) {
    rate.second = second;
    rate.lines = 0;
  }
  if (rate.lines >= kLinesPerSecondMax) {
    ++rate.left_out;
    return -1;
  }
  ++rate.lines;
  return std::exchange(rate.left_out, 0);
}

}  // namespace mailtrail::server::observe
