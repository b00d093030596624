#include "ingest/http/service.h"

#include <algorithm>

namespace mailtrail::ingest::http {

bool Service::TryOpen() {
  MutexLock lock(mu_);
  if (open_ == options.connections_max) {
    return false;
  }
  ++open_;
  counters.Opened();
  return true;
}

void Service::Close() {
  MutexLock lock(mu_);
  --open_;
  counters.Closed();
  empty_.NotifyAll();
}

void Service::AcceptorClosed() {
  MutexLock lock(mu_);
  accepting_ = false;
  empty_.NotifyAll();
}

void Service::WaitUntilEmpty() {
  MutexLock lock(mu_);
  while (accepting_ || open_ > 0) {
    empty_.Wait(mu_);
  }
}

void Service::BeginDrain(std::int64_t cut_at_ms) {
  // A second drain may be shorter, never longer.
  cut_at_ms_.store(std::min(cut_at_ms_.load(), cut_at_ms));
}

}  // namespace mailtrail::ingest::http
