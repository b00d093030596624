#pragma once

// Cursors as clients hold them.
//
//   text  := base64url without padding
//   bytes := version u8 = 1, era id u64, era's first sequence u64, era's start second u32,
//            partitions u8, position u64 each, checksum u32
//
// The checksum is a hash of all bytes before it under the store's id, so a cursor of another store
// is malformed. It is no secret: a cursor gives nobody a right.

#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/base/hash.h"
#include "storage/log/era.h"
#include "storage/log/log.h"

namespace mailtrail::server::api {

// Thread-safe.
class CursorTexts {
 public:
  // REQUIRES: 16 bytes.
  explicit CursorTexts(std::string_view store_id);

  [[nodiscard]] std::string Format(const log::Cursor& cursor) const;
  // CURSOR_MALFORMED. One cursor has one text: other spellings of the same bytes are malformed.
  [[nodiscard]] absl::StatusOr<log::Cursor> Parse(std::string_view text) const;

  // Format() of the cursor after `position`. REQUIRES: position <= head.
  [[nodiscard]] std::string At(std::span<const log::Era> eras, log::Sequence position) const;

  // The place in the log that a client's cursor names. CURSOR_MALFORMED; CURSOR_TOO_OLD with
  // oldest_cursor; CURSOR_OF_LOST_HISTORY with resume_cursor.
  [[nodiscard]] absl::StatusOr<log::Sequence> Resolve(const log::Log& log,
                                                      std::string_view text) const;

  // What a reader is told whose place the floor has passed: CURSOR_TOO_OLD with oldest_cursor.
  [[nodiscard]] absl::Status TooOld(const log::Log& log) const;

 private:
  KeyedHash hash_;
};

}  // namespace mailtrail::server::api
