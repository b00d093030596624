#pragma once

// A writer over a store that can be made to fail, with a clock that a test moves.

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "storage/kv/memory/store.h"
#include "storage/writer/opening.h"
#include "storage/writer/writer.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_metrics.h"
#include "tests/support/faulty_store.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::writer {

using Answer = std::future<absl::StatusOr<Outcome>>;

// Bounds as released, but waits that a test can afford.
[[nodiscard]] WriterOptions QuickOptions();

// Holds the writer's thread in its next write, so that what is submitted meanwhile makes one batch.
class Hold {
 public:
  explicit Hold(test::FaultyStore& store);
  ~Hold();
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;
  // Returns once the writer is in the write.
  void WaitUntilHeld() { held_.get_future().wait(); }
  void Release();

 private:
  test::FaultyStore& store_;
  std::promise<void> held_;
  std::promise<void> released_;
  bool done_ = false;
};

class Rig : public CommitListener {
 public:
  explicit Rig(WriterOptions options = QuickOptions(),
               std::unique_ptr<kv::Store> inner = std::make_unique<kv::memory::MemoryStore>());
  ~Rig() override { writer_.reset(); }

  // Ends the writer and starts anew on what the store holds.
  void Restart();
  void Stop() { writer_.reset(); }

  // Adds "answer" to the store's journal when it comes.
  [[nodiscard]] Answer Submit(Command command);
  [[nodiscard]] Answer Append(index::NewEvent event) {
    return Submit(AppendEvent{.event = std::move(event), .local_rows = {}});
  }
  // A row of a local family.
  [[nodiscard]] Answer PutLocal(std::string_view key, std::string_view value);
  // Returns once the writer has done all that was asked of it so far.
  void Settle();

  // Adds "commit" to the journal.
  void OnCommit(std::span<const index::Prepared> committed, log::Sequence head) override;

  [[nodiscard]] log::Meta StoredMeta();
  // Sequences that the listener was told of, and heads.
  [[nodiscard]] const std::vector<std::uint64_t>& told() const { return told_; }
  [[nodiscard]] const std::vector<std::uint64_t>& heads() const { return heads_; }
  [[nodiscard]] Writer& writer() { return *writer_; }
  [[nodiscard]] log::LocalLog& log() { return *log_; }
  [[nodiscard]] test::FaultyStore& store() { return store_; }
  [[nodiscard]] test::FakeClock& clock() { return clock_; }
  [[nodiscard]] test::FakeMetrics& metrics() { return metrics_; }
  [[nodiscard]] const Opened& opened() const { return opened_; }
  [[nodiscard]] const index::Preparer& preparer() const { return *preparer_; }

 private:
  const WriterOptions options_;
  test::TempDir folder_;
  test::FakeClock clock_;
  test::FakeMetrics metrics_;
  test::FaultyStore store_;
  Opened opened_;
  std::unique_ptr<log::LocalLog> log_;
  std::unique_ptr<index::Preparer> preparer_;
  std::vector<std::uint64_t> told_;
  std::vector<std::uint64_t> heads_;
  std::unique_ptr<Writer> writer_;
};

}  // namespace mailtrail::writer
