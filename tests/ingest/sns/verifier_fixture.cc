#include "tests/ingest/sns/verifier_fixture.h"

#include "tests/support/status_matchers.h"

namespace mailtrail::ingest::sns {

std::string WordOf(const Verdict& verdict) {
  const auto* const refused = std::get_if<Refused>(&verdict);
  return refused == nullptr ? "genuine" : std::string(Word(refused->reason));
}

CertificateStore MemoryCertificateStore::Port() {
  return {.load = [this](std::string_view url) -> std::optional<std::string> {
            const auto pem = pems.find(std::string(url));
            if (pem == pems.end()) return std::nullopt;
            return pem->second;
          },
          .store = [this](std::string_view url,
                          std::string_view pem) { pems[std::string(url)] = pem; }};
}

const std::shared_ptr<const test::SnsKey>& SharedKey() {
  static const std::shared_ptr<const test::SnsKey> kKey = test::SnsKey::Make();
  return kKey;
}

VerifierTest::VerifierTest()
    : verifier(clock, fetcher.Function(), store.Port(), NoMetrics(), {}), signer(SharedKey()) {
  Serve(signer);
  UseSources(
      {{.name = "main", .number = 1, .topics = {"arn:aws:sns:us-east-1:123456789012:ses-*"}}});
}

Verdict VerifierTest::Judge(std::string_view body) {
  std::optional<Verdict> verdict;
  verifier.Verify({.body = body}, [&](Verdict given) { verdict = std::move(given); });
  if (verdict) return *std::move(verdict);
  ADD_FAILURE() << "the answer was held up by a fetch";
  // The callback must not find its variable gone.
  fetcher.Release();
  return *std::move(verdict);
}

void VerifierTest::UseSources(const std::vector<SourceConfig>& configs) {
  MT_ASSERT_OK_AND_ASSIGN(auto sources, SourceSet::Make(configs));
  verifier.SetSources(std::move(sources));
}

void VerifierTest::Serve(const test::SnsSigner& served, std::string_view region) {
  fetcher.Answer(served.Url(region), served.certificate());
}

}  // namespace mailtrail::ingest::sns
