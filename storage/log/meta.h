#pragma once

// The rows of family `meta`: what the store is, where its log ends, and when it was receiving.
//
//   "format"               -> version u32
//   "store_id"             -> 16 random bytes; cursors carry a checksum over it
//   "key_check"            -> 16 bytes, tells whether a key file fits
//   "head"                 -> sequence u64, received_time u48; in every batch, the only source of
//   the
//                             next sequence
//   "floor"                -> sequence u64
//   "era" index u32 from 1 -> id u64, first u64, start second u32
//   "index_set"            -> number u16, protobuf mailtrail.storage.v1.IndexSet; the one in force
//   "accepting"            -> accepting u8, since second u32, stored second u32
//   "gap" start second u32 -> end second u32; the store was not receiving from start to end

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "mailtrail/storage/v1/event.pb.h"
#include "storage/base/time.h"
#include "storage/kv/store.h"
#include "storage/log/era.h"

namespace mailtrail::log {

// Raised by a change that an older release could not read. A newer format than this is refused.
inline constexpr std::uint32_t kFormatVersion = 1;

struct Head {
  Sequence sequence;
  UnixMillis received_time;
  friend bool operator==(const Head&, const Head&) = default;
};

struct Accepting {
  bool accepting = false;
  std::uint32_t since_second = 0;   // In this state since then.
  std::uint32_t stored_second = 0;  // Known to hold until then: rewritten once a minute.
  friend bool operator==(const Accepting&, const Accepting&) = default;
};

struct Gap {
  std::uint32_t start_second = 0;
  std::uint32_t end_second = 0;
  friend bool operator==(const Gap&, const Gap&) = default;
};

struct Meta {
  std::uint32_t format = kFormatVersion;
  std::string store_id;
  std::string key_check;
  Head head;
  Sequence floor{1};
  std::vector<Era> eras;  // Oldest first.
  storage::v1::IndexSet index_set;
  std::optional<Accepting> accepting;
  std::vector<Gap> gaps;  // Oldest first.
};

// Nullopt when the store is empty (no `meta` row). kFailedPrecondition for a newer format, in one
// sentence that says what to do; kDataLoss for rows that cannot be read.
[[nodiscard]] absl::StatusOr<std::optional<Meta>> ReadMeta(const kv::Snapshot& snapshot);

void PutIdentity(const Meta& meta, kv::Batch& batch);  // format, store_id, key_check.
void PutHead(const Head& head, kv::Batch& batch);
void PutFloor(Sequence floor, kv::Batch& batch);
void PutEra(std::uint32_t index, const Era& era, kv::Batch& batch);
void PutIndexSet(const storage::v1::IndexSet& set, kv::Batch& batch);
void PutAccepting(const Accepting& accepting, kv::Batch& batch);
void PutGap(const Gap& gap, kv::Batch& batch);

}  // namespace mailtrail::log
