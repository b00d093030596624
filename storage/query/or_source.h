#pragma once

// The sequences of any of its sources, each once: a merge.

#include "storage/query/sequence_source.h"
#include "storage/query/span.h"

namespace mailtrail::query {

class OrSource final : public SequenceSource {
 public:
  OrSource(Sources sources, const Span& span) : sources_(std::move(sources)), span_(span) {}

  void Seek(log::Sequence target) override;
  void Next() override;
  // One that passes is enough.
  [[nodiscard]] bool Passes() const override;
  [[nodiscard]] std::optional<std::string_view> record() const override;

 private:
  // Takes the place of the source that is least far on.
  void Settle();
  // Of two at one place: whether `source` tells more of it than `other`.
  [[nodiscard]] static bool Settles(const SequenceSource& source, const SequenceSource& other);

  const Sources sources_;
  const Span span_;
};

}  // namespace mailtrail::query
