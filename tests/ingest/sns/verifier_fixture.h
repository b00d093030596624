#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "ingest/sns/verifier.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_fetcher.h"
#include "tests/support/sns_signer.h"

namespace mailtrail::ingest::sns {

// "genuine", or the word of the refusal.
[[nodiscard]] std::string WordOf(const Verdict& verdict);

// A certificate store in memory.
class MemoryCertificateStore {
 public:
  [[nodiscard]] CertificateStore Port();
  std::map<std::string, std::string> pems;
};

// One key for a whole test program: making one is slow.
[[nodiscard]] const std::shared_ptr<const test::SnsKey>& SharedKey();

// A verifier with a source for 123456789012 in us-east-1, its topics "ses-*", whose certificates
// come from a scripted fetcher. `signer` is genuine and known to the fetcher.
class VerifierTest : public ::testing::Test {
 protected:
  VerifierTest();

  // Judges at once; fails the test when a fetch holds the answer up.
  [[nodiscard]] Verdict Judge(std::string_view body);
  [[nodiscard]] std::string Outcome(std::string_view body) { return WordOf(Judge(body)); }
  // A push of this signer, as it is.
  [[nodiscard]] std::string Outcome(const test::SnsSigner& by, const test::SnsPush& push) {
    return Outcome(test::SignedFields(by, push).Render());
  }
  void UseSources(const std::vector<SourceConfig>& configs);
  void Serve(const test::SnsSigner& signer, std::string_view region = "us-east-1");

  test::FakeClock clock;
  test::FakeFetcher fetcher;
  MemoryCertificateStore store;
  Verifier verifier;
  test::SnsSigner signer;
};

}  // namespace mailtrail::ingest::sns
