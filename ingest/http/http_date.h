#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/time.h"

namespace mailtrail::ingest::http {

// The Date field's value, kept for the second it is good for. Not thread-safe: one per io thread.
class HttpDate {
 public:
  // "Fri, 20 Nov 2026 10:00:00 GMT"; good until the next call.
  std::string_view At(UnixMillis now);

 private:
  std::int64_t second_ = -1;
  std::string text_;
};

}  // namespace mailtrail::ingest::http
