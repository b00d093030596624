#pragma once

// The sequences that all of its sources have, and where all of them pass: a leapfrog. The first
// leads, so put the rarest there: the others are read only where it has something.

#include "storage/query/sequence_source.h"
#include "storage/query/span.h"

namespace mailtrail::query {

class AndSource final : public SequenceSource {
 public:
  // REQUIRES: at least one source.
  AndSource(Sources sources, const Span& span) : sources_(std::move(sources)), span_(span) {}

  void Seek(log::Sequence target) override;
  void Next() override;
  [[nodiscard]] std::optional<std::string_view> record() const override;

 private:
  // Moves all sources to the first sequence at or past `target` that they share.
  void Align(log::Sequence target);

  const Sources sources_;
  const Span span_;
};

}  // namespace mailtrail::query
