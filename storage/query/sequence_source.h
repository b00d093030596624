#pragma once

// A sorted stream of sequences in one direction: what a plan is made of.
//
//   source->Seek(span.start());
//   for (; source->at(); source->Next()) {
//     if (source->Passes()) Use(source->sequence());
//   }
//   if (source->state() == State::kStopped) ...   // All before source->sequence() was given.
//
// Sources go onward only. Each row that one reads is counted in the plan's Meter; once that is
// spent, or a read failed (Meter::error), a source stops, and says how far it has come.

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "storage/log/sequence.h"

namespace mailtrail::query {

// Not thread-safe.
class SequenceSource {
 public:
  enum class State : std::uint8_t {
    kUnplaced,  // Seek first.
    kAt,        // At sequence().
    kStopped,   // May not read on: whatever is left lies at or past sequence().
    kEnd,       // Nothing is left.
  };

  SequenceSource() = default;
  virtual ~SequenceSource() = default;
  SequenceSource(const SequenceSource&) = delete;
  SequenceSource& operator=(const SequenceSource&) = delete;

  // To the first sequence at `target` or past it. Stays where it is when it is there already.
  virtual void Seek(log::Sequence target) = 0;
  // To the next one. REQUIRES: at().
  virtual void Next() = 0;

  // False when the row at sequence() alone rules the event out: by its type, form, time, source, or
  // how the term's address is involved. Whoever joins asks this only where all agree, since a
  // source that skipped such rows by itself could run far past what the others still allow.
  // REQUIRES: at().
  [[nodiscard]] virtual bool Passes() const { return true; }

  // The record at sequence(), where the source has read it anyway: bytes of `events` or
  // `by_message`, good until the source moves. REQUIRES: at().
  [[nodiscard]] virtual std::optional<std::string_view> record() const { return std::nullopt; }

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] bool at() const { return state_ == State::kAt; }
  // REQUIRES: kAt or kStopped.
  [[nodiscard]] log::Sequence sequence() const { return sequence_; }

 protected:
  void Place(State state, log::Sequence sequence) {
    state_ = state;
    sequence_ = sequence;
  }
  void End() { state_ = State::kEnd; }

 private:
  State state_ = State::kUnplaced;
  log::Sequence sequence_;
};

using Sources = std::vector<std::unique_ptr<SequenceSource>>;

}  // namespace mailtrail::query
