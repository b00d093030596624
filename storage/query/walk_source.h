#pragma once

// What the sources that walk rows have in common: when to step and when to seek, counting,
// stopping.

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "storage/kv/store.h"
#include "storage/query/meter.h"
#include "storage/query/sequence_source.h"
#include "storage/query/span.h"

namespace mailtrail::query {

class WalkSource : public SequenceSource {
 public:
  void Seek(log::Sequence target) final;
  void Next() final;
  [[nodiscard]] bool Passes() const final { return passes_; }

 protected:
  // One row, as the source reads it.
  struct Row {
    log::Sequence sequence;
    bool passes;
  };

  // A walk over the rows of `family` from KeyOf(span.first) to KeyOf(span.last).
  WalkSource(std::unique_ptr<kv::Walk> walk, const Span& span, Meter& meter)
      : walk_(std::move(walk)), span_(span), meter_(meter) {}

  [[nodiscard]] virtual std::string KeyOf(log::Sequence sequence) const = 0;
  [[nodiscard]] virtual absl::StatusOr<Row> Read(const kv::Walk& walk) = 0;
  // The walk found no row from `target` on until `found`, or none at all (nullopt).
  [[nodiscard]] virtual absl::Status CheckGap(log::Sequence /*target*/,
                                              std::optional<log::Sequence> /*found*/) const {
    return absl::OkStatus();
  }

  [[nodiscard]] const kv::Walk& walk() const { return *walk_; }
  [[nodiscard]] const Span& span() const { return span_; }

 private:
  // Takes the row under the walk. `expected`: the first that could be there.
  void Settle(log::Sequence expected);
  void Fail(absl::Status error, log::Sequence at);

  const std::unique_ptr<kv::Walk> walk_;
  const Span span_;
  Meter& meter_;
  bool passes_ = false;
};

}  // namespace mailtrail::query
