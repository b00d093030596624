#pragma once

#include <string>
#include <string_view>

#include "google/protobuf/message.h"

namespace mailtrail::cli {

enum class Format { kTable, kJson };

// What goes to stdout. Each line is written at once, since a reader may be waiting behind a pipe;
// notices go to stderr. Not thread-safe.
class Output {
 public:
  explicit Output(Format format) : format_(format) {}

  [[nodiscard]] Format format() const { return format_; }

  // False when nobody reads any more (`| head`): then stop, that is no error.
  [[nodiscard]] bool Line(std::string_view text);
  // One proto3-JSON object as a line. Plain fields are always there, also 0, false and the first
  // value of an enum; optional ones only if they are set.
  [[nodiscard]] bool Json(const google::protobuf::Message& message);

  // Whether nobody can read what is written from now on, as far as can be seen without writing.
  [[nodiscard]] bool ReaderGone() const;

 private:
  const Format format_;
  bool closed_ = false;
};

}  // namespace mailtrail::cli
