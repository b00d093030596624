#include "ingest/sns/verifier.h"

#include <utility>

#include "ingest/sns/canonical_string.h"
#include "ingest/sns/regions.h"
#include "ingest/sns/signature.h"
#include "ingest/sns/signing_cert_url.h"

namespace mailtrail::ingest::sns {

Verifier::Verifier(const Clock& clock, FetchFunction fetch, CertificateStore store,
                   MetricRegistry& metrics, CertificateCacheOptions options)
    : clock_(clock), certificates_(clock, std::move(fetch), std::move(store), metrics, options) {
  for (std::size_t i = 0; i < genuine_.size(); ++i) {
    genuine_.at(i) =
        &metrics.GetCounter("mailtrail_sns_genuine_pushes_total", "Pushes that proved genuine.",
                            {{"type", std::string(Name(static_cast<MessageType>(i)))}});
  }
  for (std::size_t i = 0; i < refused_.size(); ++i) {
    refused_.at(i) = &metrics.GetCounter("mailtrail_sns_refused_pushes_total",
                                         "Pushes that were refused, by reason.",
                                         {{"reason", std::string(Word(static_cast<Refusal>(i)))}});
  }
}

void Verifier::SetSources(std::shared_ptr<const SourceSet> sources) {
  MutexLock lock(mu_);
  sources_ = std::move(sources);
}

void Verifier::SetSeededCertificates(SeededCertificates seeded) {
  certificates_.SetSeeded(std::move(seeded));
}

void Verifier::Verify(const Push& push, Done done) {
  OrRefused<Judged> judged = JudgeWithoutCertificate(push);
  if (auto* const refused = std::get_if<Refused>(&judged)) {
    return done(Count(std::move(*refused)));
  }
  auto& ready = std::get<Judged>(judged);
  certificates_.Get(ready.wanted, [this, candidate = std::move(ready.candidate),
                                   done = std::move(done)](CertificateCache::Found found) mutable {
    done(Conclude(std::move(candidate), std::move(found)));
  });
}

OrRefused<Verifier::Judged> Verifier::JudgeWithoutCertificate(const Push& push) const {
  OrRefused<Envelope> parsed = ParseEnvelope(push.body);
  if (auto* const refused = std::get_if<Refused>(&parsed)) return std::move(*refused);
  auto& envelope = std::get<Envelope>(parsed);
  if (push.announced_type && *push.announced_type != Name(envelope.type)) {
    return Refused{Refusal::kTypeMismatch, ""};
  }
  const TopicArn& topic = envelope.topic;
  SourceSet::Found found = FindSource(topic);
  if (found.standing == SourceSet::Standing::kForeignAccount) {
    return Refused{Refusal::kForeignAccount, topic.text};
  }
  if (found.standing == SourceSet::Standing::kUnlisted) {
    return Refused{Refusal::kUnlistedTopic, topic.text};
  }
  const std::string& url = envelope.signing_cert_url;
  const std::optional<std::string_view> file = SigningCertFile(topic, url);
  if (!file) {
    return Refused{Refusal::kCertificateUrl, DescribeRefusedUrl(topic, url), found.source->number};
  }
  CertificateCache::Wanted wanted{.url = url,
                                  .file = std::string(*file),
                                  .expected_name = CertificateName(*topic.partition, topic.region),
                                  .proven_topic = HasProven(topic.text)};
  return Judged{{std::move(envelope), std::move(found.source), push.certificate_ended_millis_max},
                std::move(wanted)};
}

SourceSet::Found Verifier::FindSource(const TopicArn& topic) const {
  std::shared_ptr<const SourceSet> sources;
  {
    MutexLock lock(mu_);
    sources = sources_;
  }
  if (sources == nullptr) return {.standing = SourceSet::Standing::kForeignAccount};
  return sources->Find(topic);
}

std::optional<Refused> Verifier::JudgeByCertificate(const Candidate& candidate,
                                                    const Certificate& certificate) const {
  const Envelope& envelope = candidate.envelope;
  if (!certificate.IsValidAt(envelope.signed_time)) {
    return Refused{Refusal::kTimestampOutsideCertificate, envelope.timestamp};
  }
  const std::int64_t ended_for = clock_.Now().value - certificate.not_after().value;
  if (ended_for > candidate.certificate_ended_millis_max) {
    return Refused{Refusal::kCertificateEnded, FormatTime(certificate.not_after())};
  }
  switch (CheckSignature(certificate.key(), envelope.signature_version, CanonicalPieces(envelope),
                         envelope.signature)) {
    case SignatureCheck::kMatches:
      return std::nullopt;
    case SignatureCheck::kDiffers:
      return Refused{Refusal::kSignatureMismatch, ""};
    case SignatureCheck::kUnavailable:
      break;
  }
  return Refused{Refusal::kDigestUnavailable,
                 envelope.signature_version == SignatureVersion::kSha1 ? "SHA-1" : "SHA-256"};
}

Verdict Verifier::Conclude(Candidate candidate, CertificateCache::Found found) {
  if (auto* const refused = std::get_if<Refused>(&found)) {
    refused->source = candidate.source->number;
    return Count(std::move(*refused));
  }
  const auto& certificate = std::get<std::shared_ptr<const Certificate>>(found);
  if (std::optional<Refused> refused = JudgeByCertificate(candidate, *certificate)) {
    refused->source = candidate.source->number;
    return Count(*std::move(refused));
  }
  Envelope& envelope = candidate.envelope;
  Prove(envelope.topic.text);
  genuine_.at(static_cast<std::size_t>(envelope.type))->Increment();
  return GenuinePush{.type = envelope.type,
                     .topic = std::move(envelope.topic),
                     .source = std::move(candidate.source),
                     .message_id = std::move(envelope.message_id),
                     .message_id_bytes = envelope.message_id_bytes,
                     .signed_time = envelope.signed_time,
                     .subject = std::move(envelope.subject),
                     .message = std::move(envelope.message),
                     .token = std::move(envelope.token)};
}

bool Verifier::HasProven(const std::string& topic) const {
  MutexLock lock(mu_);
  return proven_topics_.contains(topic);
}

void Verifier::Prove(const std::string& topic) {
  MutexLock lock(mu_);
  if (proven_topics_.size() < kProvenTopicsMax) proven_topics_.insert(topic);
}

Refused Verifier::Count(Refused refused) {
  refused_.at(static_cast<std::size_t>(refused.reason))->Increment();
  return refused;
}

}  // namespace mailtrail::ingest::sns
