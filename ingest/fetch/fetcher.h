#pragma once

// Outbound HTTPS under strict rules, on threads of its own: signing certificates and subscription
// confirmations, the only requests that mailtrail makes by itself.

#include <atomic>
#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "storage/base/mutex.h"

namespace mailtrail::ingest {

struct FetcherOptions {
  // PEM file of the authorities to trust; "" for the system's.
  std::string ca_file;
  // Refuse to connect to an address that is not of the public Internet, whatever DNS says.
  bool only_public_addresses = true;
};

// Thread-safe.
class Fetcher {
 public:
  // The body of the answer, or why there is none: kInvalidArgument for a URL that is not https,
  // kPermissionDenied for an address that is not public, kResourceExhausted for a full queue or a
  // body over 16 KiB, kDeadlineExceeded, kCancelled after Stop(), kUnavailable for the rest (no
  // connection, a certificate that does not fit the host, any status but 200; redirects are not
  // followed).
  using Done = absl::AnyInvocable<void(absl::StatusOr<std::string>)>;

  explicit Fetcher(FetcherOptions options);
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  // Never blocks. Calls `done` once: on a thread of the fetcher, which it should not hold up;
  // before Get returns when the URL, a full queue or a stop refuses it. Takes 2 s to connect and 3
  // s in all at most, and at most 9 s when others go first.
  void Get(std::string url, Done done);

  // Ends what is under way and what waits with kCancelled, then returns, within about a second.
  // Idempotent; not from `done`.
  void Stop();

 private:
  struct Request {
    std::string url;
    Done done;
  };

  void Run();
  [[nodiscard]] absl::StatusOr<std::string> Perform(const std::string& url) const;

  const FetcherOptions options_;
  std::atomic<bool> stopping_ = false;  // Read by transfers under way.

  Mutex mu_;
  CondVar changed_;
  std::deque<Request> queue_ ABSL_GUARDED_BY(mu_);
  bool stopped_ ABSL_GUARDED_BY(mu_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace mailtrail::ingest
