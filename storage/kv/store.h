#pragma once

// Ordered bytes with atomic batches: all that the rest of mailtrail knows of a database.
//
//   auto snapshot = store.TakeSnapshot();                       // StatusOr: UNAVAILABLE while
//   reopening auto walk = (*snapshot)->NewWalk(FamilyId::kPostings, PrefixBounds(term),
//   Direction::kForward); for (walk->SeekToFirst(); walk->Valid(); walk->Next()) Use(walk->key(),
//   walk->value()); if (!walk->status().ok()) ...                               // !Valid() may
//   mean an error
//
// Implementations: kv/memory (tests) and kv/rocks; one contract test runs on both.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/kv/batch.h"
#include "storage/kv/family.h"

namespace mailtrail::kv {

// Keys k with begin <= k < end. No end: to the end of the family.
struct Bounds {
  std::string begin;
  std::optional<std::string> end;
};

// The smallest key greater than every key that starts with `prefix`; nullopt when there is none (an
// empty prefix, or one of 0xFF only).
[[nodiscard]] std::optional<std::string> PrefixEnd(std::string_view prefix);

// Exactly the keys that start with `prefix`.
[[nodiscard]] Bounds PrefixBounds(std::string_view prefix);

enum class Direction : std::uint8_t { kForward, kBackward };

// A walk over the keys within its bounds, in its direction. Not thread-safe. Must not outlive its
// snapshot. A new walk stands nowhere: seek first.
class Walk {
 public:
  virtual ~Walk() = default;
  // To the first key in the walk's direction: the smallest going forward, the largest going
  // backward.
  virtual void SeekToFirst() = 0;
  // Going forward: to the first key >= `key`. Going backward: to the last key <= `key`. A key
  // outside the bounds is taken as the nearest bound.
  virtual void Seek(std::string_view key) = 0;
  // One key on, in the walk's direction. REQUIRES: Valid().
  virtual void Next() = 0;
  // False past the last key, and after an error.
  [[nodiscard]] virtual bool Valid() const = 0;
  // REQUIRES: Valid(). Views are good until the walk moves.
  [[nodiscard]] virtual std::string_view key() const = 0;
  [[nodiscard]] virtual std::string_view value() const = 0;
  // kDataLoss when bytes on disk are damaged, kUnavailable when they cannot be read.
  [[nodiscard]] virtual absl::Status status() const = 0;
};

// What a walk is for.
enum class Access : std::uint8_t {
  kPick,  // A few rows; blocks are kept in the cache.
  kScan,  // Much of a family, once: read ahead, leave the cache alone.
};

// A consistent view of the whole store. Thread-safe; each walk belongs to one thread. Pins memory
// and files and holds up Reopen(): keep it for one read, at most kSnapshotSecondsMax, never across
// a network write.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
  // kNotFound when absent.
  [[nodiscard]] virtual absl::StatusOr<std::string> Get(FamilyId family,
                                                        std::string_view key) const = 0;
  // One answer a key, in their order: nullopt when absent. An error for the whole call.
  [[nodiscard]] virtual absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      FamilyId family, std::span<const std::string> keys) const = 0;
  [[nodiscard]] virtual std::unique_ptr<Walk> NewWalk(FamilyId family, Bounds bounds,
                                                      Direction direction,
                                                      Access access = Access::kPick) const = 0;
  // Roughly how many bytes the rows within `bounds` take: to order the terms of a query by cost.
  [[nodiscard]] virtual std::uint64_t EstimateBytes(FamilyId family,
                                                    const Bounds& bounds) const = 0;
};

enum class Durability : std::uint8_t {
  kSynced,    // OK means that the batch survives a power cut.
  kBuffered,  // OK means that readers see it.
};

// Thread-safe; writes come from one thread at a time.
class Store {
 public:
  virtual ~Store() = default;

  // kUnavailable while the store is being reopened or after a reopening that failed.
  [[nodiscard]] virtual absl::StatusOr<std::unique_ptr<const Snapshot>> TakeSnapshot() = 0;

  // All rows or none. Anything but OK has an unknown outcome: the rows may be there after Reopen().
  // After such a failure every further write is refused (kFailedPrecondition) until Reopen().
  // kResourceExhausted: the disk is full.
  [[nodiscard]] virtual absl::Status Write(const Batch& batch, Durability durability) = 0;

  // Turns new snapshots away, waits until every snapshot is back, closes and opens again. What was
  // not synced may be gone. REQUIRES: no write in flight, and none of the caller's own snapshots.
  [[nodiscard]] virtual absl::Status Reopen() = 0;

  // A consistent copy in a new folder, of hard links where the file system allows it.
  // kAlreadyExists when the folder is there; kUnimplemented where there are no files.
  [[nodiscard]] virtual absl::Status Checkpoint(const std::filesystem::path& folder) = 0;

  // Rewrites a family without what was deleted. Takes as long as the family is large.
  [[nodiscard]] virtual absl::Status Compact(FamilyId family) = 0;
};

}  // namespace mailtrail::kv
