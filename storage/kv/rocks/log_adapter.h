#pragma once

#include <cstdarg>

#include "rocksdb/env.h"
#include "storage/base/logger.h"

namespace mailtrail::kv::rocks {

// Hands RocksDB's warnings and errors to our logger as "rocksdb" lines.
//
// It also keeps RocksDB from writing its own LOG file beside the data: Debian's library is built
// with assertions, and that file's writer fails one on a full disk, which ends the process.
class LogAdapter final : public rocksdb::Logger {
 public:
  // `logger` must outlive the adapter.
  explicit LogAdapter(mailtrail::Logger& logger)
      : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL), logger_(logger) {}

  // Lines without a level are a database's description of itself: dropped.
  void Logv(const char* format, va_list arguments) override;
  void Logv(rocksdb::InfoLogLevel level, const char* format, va_list arguments) override;

 private:
  mailtrail::Logger& logger_;
};

}  // namespace mailtrail::kv::rocks
