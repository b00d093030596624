#pragma once

// Every sequence of some ranges, whether an event is there or not: a time range beside another
// source. Reads nothing.

#include <cstddef>
#include <vector>

#include "storage/index/time_map.h"
#include "storage/query/sequence_source.h"
#include "storage/query/span.h"

namespace mailtrail::query {

class RangesSource final : public SequenceSource {
 public:
  // `ranges`: ascending, apart from each other, within the span.
  RangesSource(std::vector<index::SequenceRange> ranges, const Span& span);

  void Seek(log::Sequence target) override;
  void Next() override;

 private:
  std::vector<index::SequenceRange> ranges_;  // In the span's direction.
  const Span span_;
  std::size_t current_ = 0;
};

}  // namespace mailtrail::query
