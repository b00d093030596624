#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "storage/base/mutex.h"

namespace mailtrail::test {

// Stands for outbound HTTPS: answers from a script, and counts. Thread-safe.
class FakeFetcher {
 public:
  using Done = absl::AnyInvocable<void(absl::StatusOr<std::string>)>;

  // What `url` answers from now on. A URL without an answer gives UNAVAILABLE.
  void Answer(const std::string& url, absl::StatusOr<std::string> answer) {
    MutexLock lock(mu_);
    answers_.insert_or_assign(url, std::move(answer));
  }

  // From now on requests wait for Release(), as on a slow network.
  void Hold() {
    MutexLock lock(mu_);
    holding_ = true;
  }
  // Answers the requests that wait, in their order, and those to come at once.
  void Release() {
    std::vector<std::pair<std::string, Done>> held;
    {
      MutexLock lock(mu_);
      holding_ = false;
      held.swap(held_);
    }
    for (auto& [url, done] : held) done(Find(url));
  }

  // The URLs that were asked for, in their order.
  [[nodiscard]] std::vector<std::string> urls() const {
    MutexLock lock(mu_);
    return urls_;
  }
  [[nodiscard]] std::size_t calls() const { return urls().size(); }

  // The fetcher as a function; it must not outlive the fetcher.
  [[nodiscard]] std::function<void(std::string, Done)> Function() {
    return [this](std::string url, Done done) { Get(std::move(url), std::move(done)); };
  }

 private:
  void Get(std::string url, Done done) {
    {
      MutexLock lock(mu_);
      urls_.push_back(url);
      if (holding_) {
        held_.emplace_back(std::move(url), std::move(done));
        return;
      }
    }
    done(Find(url));
  }

  [[nodiscard]] absl::StatusOr<std::string> Find(const std::string& url) const {
    MutexLock lock(mu_);
    const auto answer = answers_.find(url);
    if (answer == answers_.end()) return absl::UnavailableError("HTTP status 404");
    return answer->second;
  }

  mutable Mutex mu_;
  std::map<std::string, absl::StatusOr<std::string>> answers_ ABSL_GUARDED_BY(mu_);
  std::vector<std::string> urls_ ABSL_GUARDED_BY(mu_);
  std::vector<std::pair<std::string, Done>> held_ ABSL_GUARDED_BY(mu_);
  bool holding_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace mailtrail::test
