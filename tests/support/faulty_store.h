#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/base/mutex.h"
#include "storage/kv/store.h"

namespace mailtrail::test {

// What happened, in order. Thread-safe: the store writes into it, and a test adds what it sees
// elsewhere ("head", "answer"), so that one list shows which came first.
class Journal {
 public:
  void Add(std::string what);
  [[nodiscard]] std::vector<std::string> Entries() const;
  void Clear();

 private:
  mutable Mutex mu_;
  std::vector<std::string> entries_ ABSL_GUARDED_BY(mu_);
};

// A store around another one that writes down what happens to it and fails when told.
//
// Journal: "write" when a batch comes; then "written", and "sync" where it was synced, or "failed"
// when it was made to fail; "snapshot"; "reopen", then "reopened". Thread-safe as far as the inner
// store is.
class FaultyStore final : public kv::Store {
 public:
  enum class When : std::uint8_t {
    kBefore,  // The rows never reach the inner store.
    kAfter,   // The rows are in, and the caller is told that they are not.
  };
  using WriteHook = std::function<void(const kv::Batch& batch, kv::Durability durability)>;

  explicit FaultyStore(std::unique_ptr<kv::Store> inner) : inner_(std::move(inner)) {}

  // The n-th write from now on gives `status`; 1: the next. As the contract has it, all after it
  // are refused until Reopen().
  void FailWrite(int n, When when, absl::Status status);
  // The next `n` reopenings give `status` and leave the store closed.
  void FailReopen(int n, absl::Status status);
  // Called before each write reaches the inner store; may block. Null: none.
  void SetWriteHook(WriteHook hook);

  [[nodiscard]] Journal& journal() { return journal_; }
  [[nodiscard]] kv::Store& inner() { return *inner_; }

  [[nodiscard]] absl::StatusOr<std::unique_ptr<const kv::Snapshot>> TakeSnapshot() override;
  [[nodiscard]] absl::Status Write(const kv::Batch& batch, kv::Durability durability) override;
  [[nodiscard]] absl::Status Reopen() override;
  [[nodiscard]] absl::Status Checkpoint(const std::filesystem::path& folder) override;
  [[nodiscard]] absl::Status Compact(kv::FamilyId family) override;

 private:
  struct WriteFault {
    int writes_left;
    When when;
    absl::Status status;
  };

  // The fault of this write, when it is its turn.
  [[nodiscard]] std::optional<WriteFault> TakeWriteFault();

  const std::unique_ptr<kv::Store> inner_;
  Journal journal_;

  mutable Mutex mu_;
  std::optional<WriteFault> write_fault_ ABSL_GUARDED_BY(mu_);
  int reopenings_to_fail_ ABSL_GUARDED_BY(mu_) = 0;
  absl::Status reopen_status_ ABSL_GUARDED_BY(mu_);
  WriteHook write_hook_ ABSL_GUARDED_BY(mu_);
  bool write_failed_ ABSL_GUARDED_BY(mu_) = false;
  bool closed_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace mailtrail::test
