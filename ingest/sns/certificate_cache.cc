#include "ingest/sns/certificate_cache.h"

#include <algorithm>
#include <utility>

#include "ingest/sns/limits.h"
#include "storage/base/text.h"

namespace mailtrail::ingest::sns {
namespace {

Counter& FetchCounter(MetricRegistry& metrics, const std::string& outcome) {
  return metrics.GetCounter("mailtrail_sns_certificate_fetches_total",
                            "Signing certificates that were not at hand, by what came of it.",
                            {{"outcome", outcome}});
}

CertificateCache::Found CheckName(CertificateCache::Found found, std::string_view expected_name) {
  const auto* const certificate = std::get_if<std::shared_ptr<const Certificate>>(&found);
  if (certificate == nullptr || (*certificate)->HasName(expected_name)) return found;
  return Refused{Refusal::kCertificateName,
                 Cat((*certificate)->DescribeNames(), ", expected ", expected_name)};
}

}  // namespace

CertificateCache::CertificateCache(const Clock& clock, FetchFunction fetch, CertificateStore store,
                                   MetricRegistry& metrics, CertificateCacheOptions options)
    : clock_(clock),
      fetch_(std::move(fetch)),
      store_(std::move(store)),
      options_(options),
      fetched_(FetchCounter(metrics, "fetched")),
      fetch_failed_(FetchCounter(metrics, "failed")),
      fetch_limited_(FetchCounter(metrics, "limited")),
      unknown_issuers_(metrics.GetCounter("mailtrail_sns_unknown_issuers_total",
                                          "Certificates whose issuer is not in our list.", {})) {}

void CertificateCache::SetSeeded(SeededCertificates seeded) {
  MutexLock lock(mu_);
  seeded_ = std::move(seeded);
}

void CertificateCache::Get(const Wanted& wanted, Done done) {
  GiveUpOldFlights();
  std::optional<Found> found;
  {
    MutexLock lock(mu_);
    found = FindKnown(wanted);
  }
  if (!found) found = FindStored(wanted);
  if (found) return done(*std::move(found));
  JoinOrFetch(wanted, std::move(done));
}

std::optional<CertificateCache::Found> CertificateCache::FindKnown(const Wanted& wanted) {
  // A file's name stands for one certificate in all regions, a name within it for some of them.
  if (const auto seed = seeded_.find(wanted.file); seed != seeded_.end()) {
    return CheckName(seed->second, wanted.expected_name);
  }
  if (const auto cached = std::ranges::find(cached_, wanted.url, &Cached::url);
      cached != cached_.end()) {
    cached->last_use = ++uses_;
    return cached->certificate;
  }
  const std::int64_t now = clock_.SteadyMillis();
  std::erase_if(failures_, [&](const Failure& failure) { return failure.until <= now; });
  if (const auto failure = std::ranges::find(failures_, wanted.url, &Failure::url);
      failure != failures_.end()) {
    return failure->refused;
  }
  return std::nullopt;
}

std::optional<CertificateCache::Found> CertificateCache::FindStored(const Wanted& wanted) {
  const std::optional<std::string> pem = store_.load(wanted.url);
  if (!pem) return std::nullopt;
  Found admitted = Admit(wanted, *pem);
  auto* const certificate = std::get_if<std::shared_ptr<const Certificate>>(&admitted);
  // A bad one is as good as none.
  if (certificate == nullptr) return std::nullopt;
  Keep(wanted.url, *certificate);
  return admitted;
}

CertificateCache::Found CertificateCache::Admit(const Wanted& wanted, std::string_view pem) {
  Found parsed = Certificate::Parse(pem);
  auto* const certificate = std::get_if<std::shared_ptr<const Certificate>>(&parsed);
  if (certificate == nullptr) return parsed;
  if ((*certificate)->is_self_signed()) {
    return Refused{Refusal::kCertificateSelfSigned, (*certificate)->DescribeNames()};
  }
  if (!(*certificate)->has_known_issuer()) {
    unknown_issuers_.Increment();
    if (options_.require_known_issuer) {
      return Refused{Refusal::kUnknownIssuer, (*certificate)->issuer()};
    }
  }
  return CheckName(std::move(parsed), wanted.expected_name);
}

void CertificateCache::Keep(const std::string& url,
                            std::shared_ptr<const Certificate> certificate) {
  MutexLock lock(mu_);
  if (std::ranges::find(cached_, url, &Cached::url) != cached_.end()) return;
  if (cached_.size() == kCachedCertificatesMax) {
    cached_.erase(std::ranges::min_element(cached_, {}, &Cached::last_use));
  }
  cached_.push_back({url, std::move(certificate), ++uses_});
}

void CertificateCache::JoinOrFetch(const Wanted& wanted, Done done) {
  std::uint64_t begun = 0;
  std::optional<Found> found;
  {
    MutexLock lock(mu_);
    found = Board(wanted, done, begun);
  }
  if (found) return done(*std::move(found));
  if (begun == 0) return;
  fetch_(wanted.url, [this, begun, wanted](const absl::StatusOr<std::string>& pem) {
    Land(begun, wanted, pem);
  });
}

std::optional<CertificateCache::Found> CertificateCache::Board(const Wanted& wanted, Done& done,
                                                               std::uint64_t& begun) {
  // A flight may have landed since the first look.
  if (std::optional<Found> found = FindKnown(wanted)) return found;
  auto flight = std::ranges::find(flights_, wanted.url, &Flight::url);
  if (Waiters() == kWaitersMax || (flight == flights_.end() && !MayFetch(wanted.proven_topic))) {
    fetch_limited_.Increment();
    return Refused{Refusal::kCertificateFetchLimit, ""};
  }
  if (flight == flights_.end()) {
    begun = ++flights_begun_;
    const std::int64_t now = clock_.SteadyMillis();
    starts_.push_back({now, wanted.proven_topic});
    flights_.push_back(
        {.url = wanted.url, .number = begun, .began = now, .proven_topic = wanted.proven_topic});
    flight = std::prev(flights_.end());
  }
  flight->waiters.push_back(std::move(done));
  return std::nullopt;
}

bool CertificateCache::MayFetch(bool proven_topic) {
  const std::int64_t minute_ago = clock_.SteadyMillis() - kMillisPerMinute;
  while (!starts_.empty() && starts_.front().time <= minute_ago) starts_.pop_front();
  if (flights_.size() >= kFetchesInFlightMax || starts_.size() >= kFetchesPerMinuteMax) {
    return false;
  }
  if (proven_topic) return true;
  const auto unproven = [](const auto& fetch) { return !fetch.proven_topic; };
  const auto flying = static_cast<std::size_t>(std::ranges::count_if(flights_, unproven));
  const auto started = static_cast<std::size_t>(std::ranges::count_if(starts_, unproven));
  return flying < kUnprovenFetchesInFlightMax && started < kUnprovenFetchesPerMinuteMax;
}

std::size_t CertificateCache::Waiters() const {
  std::size_t waiters = 0;
  for (const Flight& flight : flights_) waiters += flight.waiters.size();
  return waiters;
}

void CertificateCache::Land(std::uint64_t flight, const Wanted& wanted,
                            const absl::StatusOr<std::string>& pem) {
  Found found = pem.ok() ? Admit(wanted, *pem)
                         : Refused{Refusal::kCertificateFetchFailed,
                                   Printable(FromAbsl(pem.status().message()))};
  const auto* const certificate = std::get_if<std::shared_ptr<const Certificate>>(&found);
  (certificate != nullptr ? fetched_ : fetch_failed_).Increment();
  if (certificate != nullptr) {
    // A late one is as good, though nobody waits for it any more.
    Keep(wanted.url, *certificate);
    store_.store(wanted.url, *pem);
  }
  std::vector<Done> waiters;
  {
    MutexLock lock(mu_);
    const auto landed = std::ranges::find(flights_, flight, &Flight::number);
    if (landed == flights_.end()) return;
    waiters = std::move(landed->waiters);
    flights_.erase(landed);
    if (const auto* const refused = std::get_if<Refused>(&found)) {
      failures_.push_back({wanted.url, clock_.SteadyMillis() + kFailureMillisMax, *refused});
    }
  }
  for (Done& done : waiters) done(found);
}

void CertificateCache::GiveUpOldFlights() {
  std::vector<Done> waiters;
  {
    MutexLock lock(mu_);
    if (flights_.empty()) return;
    const std::int64_t latest = clock_.SteadyMillis() - kFlightMillisMax;
    for (Flight& flight : flights_) {
      if (flight.began > latest) continue;
      std::ranges::move(flight.waiters, std::back_inserter(waiters));
      flight.waiters.clear();
    }
    std::erase_if(flights_, [&](const Flight& flight) { return flight.began <= latest; });
  }
  for (Done& done : waiters) done(Refused{Refusal::kCertificateFetchFailed, "no answer"});
}

}  // namespace mailtrail::ingest::sns
