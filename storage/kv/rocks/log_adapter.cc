#include "storage/kv/rocks/log_adapter.h"

#include <array>
#include <cstdio>
#include <string>

namespace mailtrail::kv::rocks {
namespace {

// RocksDB's longest lines quote whole files; the first kilobyte says what happened.
constexpr std::size_t kLineBytesMax = 1'024;

}  // namespace

void LogAdapter::Logv(const char* /*format*/, va_list /*arguments*/) {}

void LogAdapter::Logv(rocksdb::InfoLogLevel level, const char* format, va_list arguments) {
  if (level < GetInfoLogLevel() || level >= rocksdb::InfoLogLevel::HEADER_LEVEL) return;
  std::array<char, kLineBytesMax> line{};
  std::vsnprintf(line.data(), line.size(), format, arguments);
  const LogLevel ours =
      level == rocksdb::InfoLogLevel::WARN_LEVEL ? LogLevel::kWarning : LogLevel::kError;
  logger_.Write(ours, "rocksdb", {{"text", std::string(line.data())}});
}

}  // namespace mailtrail::kv::rocks
