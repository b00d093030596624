#include "ingest/http/head_scanner.h"

namespace mailtrail::ingest::http {

HeadScanner::Verdict HeadScanner::Scan(std::string_view received) {
  while (scanned_ < received.size()) {
    const char byte = received[scanned_++];
    if (after_cr_) {
      if (byte != '\n') {
        return Verdict::kBad;
      }
      after_cr_ = false;
      if (line_bytes_ == 0) {
        return Verdict::kDone;
      }
      line_bytes_ = 0;
    } else if (byte == '\r') {
      after_cr_ = true;
    } else if (byte == '\n' || byte == '\0') {
      return Verdict::kBad;
    } else {
      // A line that begins with white space continues the field above.
      if (line_bytes_ == 0 && (byte == ' ' || byte == '\t')) {
        return Verdict::kBad;
      }
      ++line_bytes_;
    }
  }
  return Verdict::kMore;
}

}  // namespace mailtrail::ingest::http
