#include "server/grpc/stream_registry.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "server/api/error.h"

namespace mailtrail::server::wire {

absl::Status StreamRegistry::Add(const std::shared_ptr<Stream>& stream) {
  MutexLock lock(mu_);
  if (!closed_.ok()) return closed_;
  if (streams_.size() >= streams_max_) {
    return api::MakeError(v1::ERROR_REASON_TOO_MANY_CALLS,
                          "too many streams are open: end some, or call again later");
  }
  streams_.emplace(stream.get(), stream);
  return absl::OkStatus();
}

void StreamRegistry::Remove(const Stream* stream) {
  std::shared_ptr<Stream> removed;  // Let go of outside of the lock.
  MutexLock lock(mu_);
  const auto found = streams_.find(stream);
  if (found == streams_.end()) return;
  removed = std::move(found->second);
  streams_.erase(found);
  if (streams_.empty()) empty_.NotifyAll();
}

void StreamRegistry::CloseAll(const absl::Status& why) {
  std::vector<std::shared_ptr<Stream>> streams;
  {
    MutexLock lock(mu_);
    closed_ = why;
    streams.reserve(streams_.size());
    for (const auto& [key, stream] : streams_) streams.push_back(stream);
  }
  for (const std::shared_ptr<Stream>& stream : streams) stream->Close(why);
}

absl::Status StreamRegistry::closed() const {
  MutexLock lock(mu_);
  return closed_;
}

bool StreamRegistry::WaitUntilEmpty(std::chrono::milliseconds wait) {
  const std::int64_t deadline = clock_.SteadyMillis() + wait.count();
  MutexLock lock(mu_);
  while (!streams_.empty()) {
    const std::int64_t left = deadline - clock_.SteadyMillis();
    if (left <= 0) return false;
    empty_.WaitFor(mu_, std::chrono::milliseconds(left));
  }
  return true;
}

}  // namespace mailtrail::server::wire
