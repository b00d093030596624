#include "ingest/http/http_date.h"

#include "absl/time/time.h"

namespace mailtrail::ingest::http {

std::string_view HttpDate::At(UnixMillis now) {
  const std::int64_t second = now.value / kMillisPerSecond;
  if (second != second_) {
    second_ = second;
    text_ = absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", absl::FromUnixSeconds(second),
                             absl::UTCTimeZone());
  }
  return text_;
}

}  // namespace mailtrail::ingest::http
