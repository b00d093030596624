#pragma once

// Where the certificate of a push comes from: the seeded directory, what was fetched before, what
// was stored before, or a fetch.
//
// A forger can name 16^32 certificates that do not exist, so fetches are few: one at a time for a
// URL, two at a time and ten a minute in all, with a share kept for topics that have proven theirs.
// What is over a limit gets 503, and the sender tries again.

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "ingest/sns/certificate.h"
#include "ingest/sns/certificate_directory.h"
#include "ingest/sns/fetch_function.h"
#include "ingest/sns/refusal.h"
#include "storage/base/clock.h"
#include "storage/base/metrics.h"
#include "storage/base/mutex.h"

namespace mailtrail::ingest::sns {

// Keeps good certificates beyond a restart, so that pushes are taken while SNS's certificate host
// is away. Both are called from any thread, with no lock held; `load` blocks a push, so it should
// only read. What it gives is checked like what a fetch gives.
struct CertificateStore {
  std::function<std::optional<std::string>(std::string_view url)> load;  // The PEM text.
  std::function<void(std::string_view url, std::string_view pem)> store;
};

struct CertificateCacheOptions {
  // Refuse (503) a fetched certificate whose issuer we do not know, instead of only counting it.
  bool require_known_issuer = false;
};

// Thread-safe.
class CertificateCache {
 public:
  using Found = OrRefused<std::shared_ptr<const Certificate>>;
  using Done = absl::AnyInvocable<void(Found)>;

  struct Wanted {
    std::string url;            // Passed SigningCertFile().
    std::string file;           // Its last part.
    std::string expected_name;  // What the certificate must be called.
    bool proven_topic = false;  // The topic has sent a genuine push before.
  };

  // What is given must outlive the cache. The cache must outlive every fetch it began: stop the
  // fetcher first.
  CertificateCache(const Clock& clock, FetchFunction fetch, CertificateStore store,
                   MetricRegistry& metrics, CertificateCacheOptions options);
  CertificateCache(const CertificateCache&) = delete;
  CertificateCache& operator=(const CertificateCache&) = delete;

  // Replaces the seeded certificates. They go before all others.
  void SetSeeded(SeededCertificates seeded);

  // Calls `done` once: before it returns when no fetch is needed, else from the fetch's thread. A
  // fetch that never answers is given up by the first Get() more than 10 s after it began.
  void Get(const Wanted& wanted, Done done);

 private:
  struct Cached {
    std::string url;
    std::shared_ptr<const Certificate> certificate;
    std::uint64_t last_use = 0;
  };
  struct Failure {
    std::string url;
    std::int64_t until = 0;  // Steady milliseconds.
    Refused refused;
  };
  struct Flight {
    std::string url;
    std::uint64_t number = 0;
    std::int64_t began = 0;  // Steady milliseconds.
    bool proven_topic = false;
    std::vector<Done> waiters;
  };
  struct Start {
    std::int64_t time = 0;  // Steady milliseconds.
    bool proven_topic = false;
  };

  [[nodiscard]] std::optional<Found> FindKnown(const Wanted& wanted)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  [[nodiscard]] std::optional<Found> FindStored(const Wanted& wanted);
  // What a certificate from outside must be beyond what Parse() asks.
  [[nodiscard]] Found Admit(const Wanted& wanted, std::string_view pem);
  void Keep(const std::string& url, std::shared_ptr<const Certificate> certificate);
  void JoinOrFetch(const Wanted& wanted, Done done);
  // Takes `done` unless it gives what to call it with. `begun`: the flight that the caller must
  // start.
  [[nodiscard]] std::optional<Found> Board(const Wanted& wanted, Done& done, std::uint64_t& begun)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  [[nodiscard]] bool MayFetch(bool proven_topic) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  [[nodiscard]] std::size_t Waiters() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void Land(std::uint64_t flight, const Wanted& wanted, const absl::StatusOr<std::string>& pem);
  void GiveUpOldFlights();

  const Clock& clock_;
  const FetchFunction fetch_;
  const CertificateStore store_;
  const CertificateCacheOptions options_;
  Counter& fetched_;
  Counter& fetch_failed_;
  Counter& fetch_limited_;
  Counter& unknown_issuers_;

  Mutex mu_;
  SeededCertificates seeded_ ABSL_GUARDED_BY(mu_);
  std::vector<Cached> cached_ ABSL_GUARDED_BY(mu_);
  std::uint64_t uses_ ABSL_GUARDED_BY(mu_) = 0;
  std::vector<Failure> failures_ ABSL_GUARDED_BY(mu_);
  std::vector<Flight> flights_ ABSL_GUARDED_BY(mu_);
  std::uint64_t flights_begun_ ABSL_GUARDED_BY(mu_) = 0;
  std::deque<Start> starts_ ABSL_GUARDED_BY(mu_);  // Of the last minute.
};

}  // namespace mailtrail::ingest::sns
