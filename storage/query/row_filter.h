#pragma once

// The part of a filter that index rows and record headers answer, so that what they exclude is
// skipped without reading a record. Rows are trusted here (an equal hash of two terms is a 2^-64
// error).

#include <cstdint>

#include "storage/query/event_filter.h"

namespace mailtrail::query {

// Types, forms, sources and the clamped time. Cheap to copy; `filter` must outlive it.
class RowFilter {
 public:
  explicit RowFilter(const EventFilter& filter);

  // `Row` is an index::PostingRow or a log::RecordHeader: both name these fields alike.
  template <typename Row>
  [[nodiscard]] bool Passes(const Row& row) const {
    return InMask(types_, row.type) && InMask(forms_, row.form) &&
           filter_->event_time.Contains(row.clamped_time) && PassesSource(row.source);
  }
  // Whether events of some type, or of this part, can pass at all.
  [[nodiscard]] bool PassesPart(mail::Part part) const;

 private:
  // A bit a value; all bits when the field does not restrict.
  using Mask = std::uint64_t;
  template <typename Value>
  [[nodiscard]] static bool InMask(Mask mask, Value value) {
    return static_cast<unsigned>(value) < 64 && ((mask >> static_cast<unsigned>(value)) & 1) != 0;
  }
  [[nodiscard]] bool PassesSource(std::uint16_t source) const;

  const EventFilter* filter_;
  Mask types_;
  Mask forms_;
};

}  // namespace mailtrail::query
