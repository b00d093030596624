#pragma once

// What stands between the listeners and the writer: sources, verifier, subscriptions, quarantine,
// intake.

#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "ingest/fetch/fetcher.h"
#include "ingest/intake/intake.h"
#include "server/app/store_stack.h"
#include "server/config/config.h"

namespace mailtrail::server::app {

// Thread-safe once made.
class Doors {
 public:
  // `fetch`: nullopt for the real thing. Sources and seeded certificates are read from where the
  // configuration says. Everything given must outlive the doors.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<Doors>> Open(
      const config::Config& config, StoreStack& stack,
      std::optional<ingest::sns::FetchFunction> fetch, const Clock& clock, Logger& logger,
      MetricRegistry& metrics);
  ~Doors();
  Doors(const Doors&) = delete;
  Doors& operator=(const Doors&) = delete;

  // Reads sources and seeded certificates again; what cannot be read leaves what was in force.
  [[nodiscard]] absl::Status ReloadSources();
  [[nodiscard]] absl::Status ReloadCertificates();

  [[nodiscard]] ingest::Intake& intake() { return *intake_; }
  [[nodiscard]] const ingest::SourceBook& sources() const { return *sources_; }

 private:
  Doors(const config::Config& config, StoreStack& stack,
        std::optional<ingest::sns::FetchFunction> fetch, const Clock& clock);
  [[nodiscard]] absl::Status Build(Logger& logger, MetricRegistry& metrics);
  [[nodiscard]] ingest::sns::CertificateStore StoredCertificates();

  const config::Config& config_;
  StoreStack& stack_;
  const Clock& clock_;
  // The real fetcher, where no other was given.
  std::unique_ptr<ingest::Fetcher> fetcher_;
  ingest::sns::FetchFunction fetch_;
  std::unique_ptr<ingest::SourceBook> sources_;
  std::unique_ptr<ingest::sns::Verifier> verifier_;
  std::unique_ptr<ingest::Subscriptions> subscriptions_;
  std::unique_ptr<ingest::QuarantineKeeper> quarantine_;
  std::unique_ptr<ingest::Intake> intake_;
};

}  // namespace mailtrail::server::app
