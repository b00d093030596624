#pragma once

#include <cstddef>
#include <string_view>

namespace mailtrail::ingest::http {

// Finds the end of a request's head and refuses what HTTP parsers are known to read differently:
// a line end without CR, a CR alone, a NUL, a folded field (RFC 9112 2.2 and 5.2). A proxy and we
// must never disagree about where a request ends, or one client's bytes become another's request.
// Not thread-safe.
class HeadScanner {
 public:
  enum class Verdict { kMore, kDone, kBad };

  // `received`: all bytes from the head's first one on; only those that are new are looked at.
  // After kDone, head_bytes() is the size of the head with its blank line.
  Verdict Scan(std::string_view received);
  [[nodiscard]] std::size_t head_bytes() const { return scanned_; }

 private:
  std::size_t scanned_ = 0;
  // Bytes of the current line so far, without its line end.
  std::size_t line_bytes_ = 0;
  bool after_cr_ = false;
};

}  // namespace mailtrail::ingest::http
