#pragma once

// Is this push genuine, and what does it say.
//
// The order of the checks (design rule: nothing goes out before everything that can be judged
// without it): size and JSON, the fields' forms, the topic against the sources, the certificate's
// URL; then the certificate, whose fetch is the only thing that takes long; its name, key and
// dates; the signature last.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/any_invocable.h"
#include "ingest/sns/certificate_cache.h"
#include "ingest/sns/envelope.h"
#include "ingest/sns/limits.h"
#include "ingest/sns/refusal.h"
#include "ingest/sns/sources.h"
#include "storage/base/clock.h"
#include "storage/base/metrics.h"
#include "storage/base/mutex.h"

namespace mailtrail::ingest::sns {

// A push as a door got it.
struct Push {
  std::string_view body;  // Need not outlive the call.
  // The header x-amz-sns-message-type, "" when it was missing; nullopt for doors that have no such
  // header. It is not signed, and must agree with the body.
  std::optional<std::string_view> announced_type;
  // How long ago the certificate may have ended. Imports may go further back than a queue.
  std::int64_t certificate_ended_millis_max = kCertificateEndedMillisMax;
};

// A push that AWS signed and that a source listens to. Its contents are still a stranger's.
struct GenuinePush {
  MessageType type = MessageType::kNotification;
  TopicArn topic;
  std::shared_ptr<const Source> source;     // Never null.
  std::string message_id;                   // SNS's, a UUID: the same in every retry.
  std::array<char, 16> message_id_bytes{};  // The same.
  UnixMillis signed_time;
  std::optional<std::string> subject;
  std::string message;  // Byte for byte; SES's events end in a line feed.
  std::string token;    // Of confirmations: see ConfirmationUrl().
};

using Verdict = std::variant<GenuinePush, Refused>;

// Thread-safe. A push whose certificate is at hand costs one parse, one copy of its message and one
// RSA operation on the caller's thread.
class Verifier {
 public:
  using Done = absl::AnyInvocable<void(Verdict)>;

  // `clock` and `metrics` must outlive the verifier, and so must every fetch that it began: stop
  // the fetcher, which answers what is under way, before destroying the verifier.
  Verifier(const Clock& clock, FetchFunction fetch, CertificateStore store, MetricRegistry& metrics,
           CertificateCacheOptions options);
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;

  // In force for the pushes that come after. Before the first call every topic is foreign.
  void SetSources(std::shared_ptr<const SourceSet> sources);
  void SetSeededCertificates(SeededCertificates seeded);

  // Calls `done` once: before it returns when no fetch is needed, which is the rule; else from the
  // fetch's thread, some seconds later at most.
  void Verify(const Push& push, Done done);

 private:
  // A push that only lacks its certificate.
  struct Candidate {
    Envelope envelope;
    std::shared_ptr<const Source> source;
    std::int64_t certificate_ended_millis_max = 0;
  };
  struct Judged {
    Candidate candidate;
    CertificateCache::Wanted wanted;
  };

  [[nodiscard]] OrRefused<Judged> JudgeWithoutCertificate(const Push& push) const;
  [[nodiscard]] SourceSet::Found FindSource(const TopicArn& topic) const;
  [[nodiscard]] std::optional<Refused> JudgeByCertificate(const Candidate& candidate,
                                                          const Certificate& certificate) const;
  [[nodiscard]] Verdict Conclude(Candidate candidate, CertificateCache::Found found);
  [[nodiscard]] bool HasProven(const std::string& topic) const;
  void Prove(const std::string& topic);
  Refused Count(Refused refused);

  const Clock& clock_;
  std::array<Counter*, 3> genuine_{};          // By type.
  std::array<Counter*, kRefusals> refused_{};  // By reason.
  CertificateCache certificates_;

  mutable Mutex mu_;
  std::shared_ptr<const SourceSet> sources_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_set<std::string> proven_topics_ ABSL_GUARDED_BY(mu_);
};

}  // namespace mailtrail::ingest::sns
