#include "storage/feed/hub.h"

#include <algorithm>
#include <utility>

namespace mailtrail::feed {
namespace {

// Takes `watcher` out of the buckets of `keys`, and the buckets away that it leaves empty.
template <typename Map, typename Keys, typename Watcher>
void RemoveFrom(Map& buckets, const Keys& keys, const Watcher* watcher) {
  for (const auto& key : keys) {
    const auto bucket = buckets.find(key);
    // A key that the interest names twice is gone by then.
    if (bucket == buckets.end()) continue;
    std::erase(bucket->second.watchers, watcher);
    if (bucket->second.watchers.empty()) buckets.erase(bucket);
  }
}

}  // namespace

WatcherId Hub::Add(Interest interest, std::function<void()> wake) {
  auto watcher =
      std::make_unique<Watcher>(Watcher{.interest = std::move(interest), .wake = std::move(wake)});
  MutexLock lock(mu_);
  for (const index::Term term : watcher->interest.terms) {
    by_term_[term].watchers.push_back(watcher.get());
  }
  for (const mail::MessageKey& message : watcher->interest.messages) {
    by_message_[message].watchers.push_back(watcher.get());
  }
  if (watcher->interest.terms.empty() && watcher->interest.messages.empty()) {
    on_every_commit_.watchers.push_back(watcher.get());
  }
  const WatcherId id = next_id_++;
  watchers_.emplace(id, std::move(watcher));
  return id;
}

void Hub::Remove(WatcherId id) {
  MutexLock lock(mu_);
  const auto found = watchers_.find(id);
  if (found == watchers_.end()) return;
  const Watcher* watcher = found->second.get();
  RemoveFrom(by_term_, watcher->interest.terms, watcher);
  RemoveFrom(by_message_, watcher->interest.messages, watcher);
  std::erase(on_every_commit_.watchers, watcher);
  watchers_.erase(found);
}

void Hub::OnCommit(std::span<const index::Prepared> committed, log::Sequence /*head*/) {
  if (committed.empty()) return;
  // Held while watchers are woken: this is what lets Remove promise that none is called after it.
  MutexLock lock(mu_);
  ++commit_;
  Wake(on_every_commit_);
  for (const index::Prepared& prepared : committed) {
    if (!by_term_.empty()) {
      for (const index::PostingTerm& posting : prepared.postings) {
        if (const auto bucket = by_term_.find(posting.term); bucket != by_term_.end()) {
          Wake(bucket->second);
        }
      }
    }
    if (!by_message_.empty()) {
      if (const auto bucket = by_message_.find(prepared.message); bucket != by_message_.end()) {
        Wake(bucket->second);
      }
    }
  }
}

void Hub::Wake(Bucket& bucket) {
  if (bucket.woken_by == commit_) return;
  bucket.woken_by = commit_;
  for (Watcher* watcher : bucket.watchers) {
    if (watcher->woken_by == commit_) continue;
    watcher->woken_by = commit_;
    watcher->wake();
  }
}

std::size_t Hub::size() const {
  MutexLock lock(mu_);
  return watchers_.size();
}

}  // namespace mailtrail::feed
