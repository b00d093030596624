#pragma once

// Wake, then pull: the hub holds who may be behind, and no events. A wake is a hint: a spurious or
// a second one costs its watcher one seek.
//
// There is no gap at registration if the watcher adds itself first and then reads once: what was
// committed before is found by that read, what comes after wakes it.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#include "storage/base/mutex.h"
#include "storage/index/prepared.h"
#include "storage/writer/command.h"

namespace mailtrail::feed {

// What wakes a watcher: commits under any of these, or every commit when both are empty.
struct Interest {
  std::vector<index::Term> terms;
  std::vector<mail::MessageKey> messages;
};

using WatcherId = std::uint64_t;

// Thread-safe.
class Hub final : public writer::CommitListener {
 public:
  // `wake` is called from the writer's thread, at most once a commit: it must be quick, must not
  // block, and must not call the hub. Not called any more once Remove has returned.
  [[nodiscard]] WatcherId Add(Interest interest, std::function<void()> wake);
  // An id that is unknown, or was removed before, is ignored.
  void Remove(WatcherId id);

  // Costs a look-up for each term of each event, and a wake for each watcher that has one of them;
  // what other watchers there are makes no difference.
  void OnCommit(std::span<const index::Prepared> committed, log::Sequence head) override;

  [[nodiscard]] std::size_t size() const;

 private:
  struct Watcher {
    Interest interest;
    std::function<void()> wake;
    std::uint64_t woken_by = 0;  // The last commit that woke it.
  };
  // The watchers of one term or message, and the last commit that woke them all: a batch of 512
  // events under one term goes through its watchers once.
  struct Bucket {
    std::vector<Watcher*> watchers;
    std::uint64_t woken_by = 0;
  };
  struct TermHash {
    std::size_t operator()(const index::Term& term) const { return term.hash; }
  };
  struct MessageHash {
    // The key's second half is a keyed hash.
    std::size_t operator()(const mail::MessageKey& message) const {
      std::size_t hash = 0;
      std::memcpy(&hash, message.bytes.data() + message.bytes.size() - sizeof(hash), sizeof(hash));
      return hash;
    }
  };

  void Wake(Bucket& bucket) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  mutable Mutex mu_;
  WatcherId next_id_ ABSL_GUARDED_BY(mu_) = 1;
  std::uint64_t commit_ ABSL_GUARDED_BY(mu_) = 0;
  std::unordered_map<WatcherId, std::unique_ptr<Watcher>> watchers_ ABSL_GUARDED_BY(mu_);
  std::unordered_map<index::Term, Bucket, TermHash> by_term_ ABSL_GUARDED_BY(mu_);
  std::unordered_map<mail::MessageKey, Bucket, MessageHash> by_message_ ABSL_GUARDED_BY(mu_);
  Bucket on_every_commit_ ABSL_GUARDED_BY(mu_);
};

}  // namespace mailtrail::feed
