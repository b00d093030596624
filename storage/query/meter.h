#pragma once

// What a scan has read, how much more it may, and whether reading failed. One a scan, shared by all
// sources of its plan.

#include <cstdint>
#include <utility>

#include "absl/status/status.h"

namespace mailtrail::query {

// Not thread-safe.
class Meter {
 public:
  explicit Meter(std::int64_t entries_max) : entries_max_(entries_max) {}

  // An entry was read.
  void Count() { ++entries_; }
  // Entries that a plan read: they have limits of their own, and leave the scan what it is due,
  // since a page that only ever planned would not get on.
  void CountPlanning(std::int64_t entries) {
    entries_ += entries;
    entries_max_ += entries;
  }
  // Nothing more may be read. A source that was never placed may read one entry all the same: so
  // every step gets on, however small its bound.
  [[nodiscard]] bool Spent() const { return entries_ >= entries_max_ || !error_.ok(); }

  // The first failure stays.
  void Fail(absl::Status error) {
    if (error_.ok()) error_ = std::move(error);
  }
  [[nodiscard]] const absl::Status& error() const { return error_; }
  [[nodiscard]] std::int64_t entries() const { return entries_; }

 private:
  std::int64_t entries_max_;
  std::int64_t entries_ = 0;
  absl::Status error_;
};

}  // namespace mailtrail::query
