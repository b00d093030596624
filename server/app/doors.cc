#include "server/app/doors.h"

#include <algorithm>
#include <utility>

#include "ingest/sns/certificate_directory.h"
#include "server/config/config_file.h"
#include "storage/base/status.h"
#include "storage/local/certificates.h"
#include "storage/local/sources.h"

namespace mailtrail::server::app {

namespace sns = ingest::sns;

absl::StatusOr<std::unique_ptr<Doors>> Doors::Open(const config::Config& config, StoreStack& stack,
                                                   std::optional<sns::FetchFunction> fetch,
                                                   const Clock& clock, Logger& logger,
                                                   MetricRegistry& metrics) {
  std::unique_ptr<Doors> doors(new Doors(config, stack, std::move(fetch), clock));
  MT_RETURN_IF_ERROR(doors->Build(logger, metrics));
  return doors;
}

Doors::Doors(const config::Config& config, StoreStack& stack,
             std::optional<sns::FetchFunction> fetch, const Clock& clock)
    : config_(config), stack_(stack), clock_(clock) {
  if (fetch) {
    fetch_ = *std::move(fetch);
    return;
  }
  fetcher_ = std::make_unique<ingest::Fetcher>(ingest::FetcherOptions{});
  fetch_ = [this](std::string url, sns::FetchDone done) {
    fetcher_->Get(std::move(url), std::move(done));
  };
}

Doors::~Doors() {
  // Fetches end before what they answer to.
  if (fetcher_ != nullptr) fetcher_->Stop();
}

sns::CertificateStore Doors::StoredCertificates() {
  return {.load = [this](std::string_view url) -> std::optional<std::string> {
            const auto snapshot = stack_.store->TakeSnapshot();
            if (!snapshot.ok()) return std::nullopt;
            const auto rows = local::ListCertificates(**snapshot);
            if (!rows.ok()) return std::nullopt;
            for (const auto& row : *rows) {
              if (row.url == url) return row.certificate.pem();
            }
            return std::nullopt;
          },
          .store =
              [this](std::string_view url, std::string_view pem) {
                local::CertificateRow row{.url = std::string(url), .certificate = {}};
                row.certificate.set_pem(std::string(pem));
                row.certificate.set_fetched_ms(clock_.Now().value);
                writer::PutRows command;
                local::PutCertificate(row, command.local_rows);
                // Not to be kept is no loss: the certificate is fetched again after a restart.
                stack_.writer.Submit(std::move(command), [](const auto&) {});
              }};
}

absl::Status Doors::Build(Logger& logger, MetricRegistry& metrics) {
  std::vector<local::SourceRow> rows;
  {
    MT_ASSIGN_OR_RETURN(const auto snapshot, stack_.store->TakeSnapshot());
    MT_ASSIGN_OR_RETURN(rows, local::ListSources(*snapshot));
  }
  sources_ = std::make_unique<ingest::SourceBook>(std::move(rows), stack_.writer, clock_);
  verifier_ = std::make_unique<sns::Verifier>(
      clock_, fetch_, StoredCertificates(), metrics,
      sns::CertificateCacheOptions{.require_known_issuer = config_.require_known_issuer});
  subscriptions_ = std::make_unique<ingest::Subscriptions>(*sources_, fetch_, clock_, logger);
  MT_ASSIGN_OR_RETURN(quarantine_,
                      ingest::QuarantineKeeper::Open(*stack_.store, stack_.writer, clock_,
                                                     stack_.opened.keys, metrics));
  intake_ = std::make_unique<ingest::Intake>(ingest::IntakeParts{.verifier = *verifier_,
                                                                 .sources = *sources_,
                                                                 .subscriptions = *subscriptions_,
                                                                 .quarantine = *quarantine_,
                                                                 .writer = stack_.writer,
                                                                 .logger = logger,
                                                                 .metrics = metrics});
  MT_RETURN_IF_ERROR(ReloadSources());
  return ReloadCertificates();
}

absl::Status Doors::ReloadSources() {
  MT_ASSIGN_OR_RETURN(auto configs, config::ReadSources(config_));
  MT_ASSIGN_OR_RETURN(auto set, sources_->Configure(std::move(configs)));
  verifier_->SetSources(std::move(set));
  return absl::OkStatus();
}

absl::Status Doors::ReloadCertificates() {
  if (!config_.signing_cert_dir) return absl::OkStatus();
  MT_ASSIGN_OR_RETURN(auto seeded, sns::ReadCertificateDirectory(*config_.signing_cert_dir));
  verifier_->SetSeededCertificates(std::move(seeded));
  return absl::OkStatus();
}

}  // namespace mailtrail::server::app
