#include "server/api/cursor_text.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/escaping.h"
#include "server/api/error.h"
#include "server/api/limits.h"
#include "storage/base/codec.h"
#include "storage/base/status.h"
#include "storage/base/text.h"

namespace mailtrail::server::api {
namespace {

constexpr std::uint8_t kVersion = 1;

HashKey KeyOf(std::string_view store_id) {
  HashKey key{};
  std::copy_n(store_id.begin(), std::min(store_id.size(), key.size()), key.begin());
  return key;
}

absl::Status Malformed() {
  return MakeError(v1::ERROR_REASON_CURSOR_MALFORMED,
                   "this is no cursor, or one of another store: take one out of an answer of this "
                   "store");
}

absl::Status TooOldAt(const std::string& oldest) {
  return MakeError(
      v1::ERROR_REASON_CURSOR_TOO_OLD,
      "the history after the cursor is no longer kept: go on from oldest_cursor, with a "
      "gap",
      {{"oldest_cursor", oldest}});
}

}  // namespace

CursorTexts::CursorTexts(std::string_view store_id) : hash_(KeyOf(store_id)) {}

std::string CursorTexts::Format(const log::Cursor& cursor) const {
  std::string bytes;
  AppendU8(bytes, kVersion);
  AppendU64(bytes, cursor.era_id);
  AppendU64(bytes, cursor.era_first.value);
  AppendU32(bytes, cursor.era_start_second);
  AppendU8(bytes, static_cast<std::uint8_t>(cursor.positions.size()));
  for (const log::Sequence position : cursor.positions) AppendU64(bytes, position.value);
  AppendU32(bytes, static_cast<std::uint32_t>(hash_.Hash64(bytes)));
  return absl::WebSafeBase64Escape(ToAbsl(bytes));
}

absl::StatusOr<log::Cursor> CursorTexts::Parse(std::string_view text) const {
  std::string bytes;
  if (text.size() > kTokenTextBytesMax || !absl::WebSafeBase64Unescape(ToAbsl(text), &bytes)) {
    return Malformed();
  }
  Reader reader(bytes);
  const std::uint8_t version = reader.U8();
  log::Cursor cursor{.era_id = reader.U64(),
                     .era_first = {reader.U64()},
                     .era_start_second = reader.U32(),
                     .positions = {}};
  const std::uint8_t partitions = reader.U8();
  for (int i = 0; i < partitions && reader.ok(); ++i) cursor.positions.push_back({reader.U64()});
  // Comparing texts checks the checksum, and with it that there is one spelling only.
  if (version != kVersion || !reader.ok() || Format(cursor) != text) return Malformed();
  return cursor;
}

std::string CursorTexts::At(std::span<const log::Era> eras, log::Sequence position) const {
  return Format(log::CursorAt(eras, position));
}

absl::StatusOr<log::Sequence> CursorTexts::Resolve(const log::Log& log,
                                                   std::string_view text) const {
  MT_ASSIGN_OR_RETURN(const log::Cursor cursor, Parse(text));
  const std::vector<log::Era> eras = log.eras();
  const log::CursorCheck check =
      log::CheckCursor({.eras = eras, .head = log.head(0), .floor = log.floor(0)}, cursor);
  switch (check.verdict) {
    case log::CursorVerdict::kGood:
      return cursor.positions.front();
    case log::CursorVerdict::kTooOld:
      return TooOldAt(Format(check.go_on));
    case log::CursorVerdict::kUnknownEra:
      return MakeError(v1::ERROR_REASON_CURSOR_OF_LOST_HISTORY,
                       "the cursor is of a history that this store has lost: go on from "
                       "resume_cursor; what comes after it may differ from what was read before",
                       {{"resume_cursor", Format(check.go_on)}});
    case log::CursorVerdict::kMalformed:
      break;
  }
  return Malformed();
}

absl::Status CursorTexts::TooOld(const log::Log& log) const {
  const std::vector<log::Era> eras = log.eras();
  return TooOldAt(
      Format(log::OldestCursor({.eras = eras, .head = log.head(0), .floor = log.floor(0)})));
}

}  // namespace mailtrail::server::api
