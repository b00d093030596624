#include "server/grpc/pumps.h"

#include <chrono>
#include <utility>

#include "storage/base/text.h"
#include "storage/base/thread.h"

namespace mailtrail::server::wire {

Pumps::Pumps(int threads, std::size_t queue_max, const Clock& clock)
    : queue_max_(queue_max), clock_(clock) {
  threads_.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this, i] { Run(i); });
}

bool Pumps::TryPost(Job job) {
  {
    MutexLock lock(mu_);
    if (jobs_.size() >= queue_max_) return false;
    jobs_.push_back(std::move(job));
  }
  ready_.NotifyOne();
  return true;
}

void Pumps::Post(Job job) {
  {
    MutexLock lock(mu_);
    jobs_.push_back(std::move(job));
  }
  ready_.NotifyOne();
}

void Pumps::PostAt(std::int64_t due_ms, Job job) {
  {
    MutexLock lock(mu_);
    timers_.emplace(due_ms, std::move(job));
  }
  // Whoever waits may wait for a later time.
  ready_.NotifyOne();
}

void Pumps::Stop() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
    timers_.clear();
  }
  ready_.NotifyAll();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Pumps::Run(int number) {
  NameThisThread(Cat("mt-pump-", number));
  while (std::optional<Job> job = Take()) std::move (*job)();
}

std::optional<Pumps::Job> Pumps::Take() {
  MutexLock lock(mu_);
  while (true) {
    MoveDue();
    if (!jobs_.empty()) {
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      return job;
    }
    if (stopping_) return std::nullopt;
    if (timers_.empty()) {
      ready_.Wait(mu_);
    } else {
      ready_.WaitFor(mu_,
                     std::chrono::milliseconds(timers_.begin()->first - clock_.SteadyMillis()));
    }
  }
}

void Pumps::MoveDue() {
  const std::int64_t now = clock_.SteadyMillis();
  while (!timers_.empty() && timers_.begin()->first <= now) {
    jobs_.push_back(std::move(timers_.begin()->second));
    timers_.erase(timers_.begin());
    ready_.NotifyOne();
  }
}

}  // namespace mailtrail::server::wire
