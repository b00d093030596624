#include "server/app/app.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "ingest/http/listener.h"
#include "ingest/http/sns_route.h"
#include "ingest/ses/decoder.h"
#include "server/api/shared.h"
#include "server/app/doors.h"
#include "server/app/limits.h"
#include "server/app/reloader.h"
#include "server/app/source_directory.h"
#include "server/app/store_folder.h"
#include "server/app/store_stack.h"
#include "server/grpc/server.h"
#include "storage/base/status.h"
#include "storage/kv/rocks/open.h"

namespace mailtrail::server::app {
namespace {

namespace http = ingest::http;

std::vector<storage::v1::Header> HeadersOf(std::string_view json) {
  auto decoded = ingest::ses::Decode(json);
  if (!decoded.ok()) return {};
  auto* event = std::get_if<ingest::ses::Decoded>(&*decoded);
  return event == nullptr ? std::vector<storage::v1::Header>{} : std::move(event->headers);
}

absl::StatusOr<std::unique_ptr<kv::Store>> OpenStore(const config::Config& config, Logger& logger,
                                                     MetricRegistry& metrics) {
  return kv::rocks::Open({.folder = StoreFolder(config.data_dir),
                          .cache_bytes = config.cache_bytes,
                          .write_buffers_bytes = config.write_buffer_bytes},
                         logger, metrics);
}

absl::Status MakeDataFolder(const config::Config& config) {
  std::error_code error;
  std::filesystem::create_directories(config.data_dir, error);
  if (error) {
    return MakeStatus(absl::StatusCode::kPermissionDenied, "cannot make the folder ",
                      config.data_dir.string(), " (", error.message(),
                      "); check --data-dir and its owner");
  }
  return absl::OkStatus();
}

http::Response Text(int status, std::string text) {
  http::Response response;
  response.status = status;
  response.body = std::move(text);
  return response;
}

}  // namespace

// Everything that runs, in the order in which it was made.
class App::Parts {
 public:
  Parts(config::Config config, Surroundings surroundings)
      : config_(std::move(config)),
        clock_(surroundings.clock),
        logger_(surroundings.logger),
        metrics_(surroundings.metrics),
        fetch_(std::move(surroundings.fetch)),
        given_store_(std::move(surroundings.store)) {}

  absl::Status Start() {
    MT_RETURN_IF_ERROR(OpenStack());
    MT_ASSIGN_OR_RETURN(
        doors_, Doors::Open(config_, *stack_, std::move(fetch_), clock_, logger_, metrics_));
    MT_RETURN_IF_ERROR(StartGrpc());
    MT_RETURN_IF_ERROR(StartMetrics());
    StartReloader();
    // Last: from here on pushes come in.
    MT_ASSIGN_OR_RETURN(push_listener_, http::Listener::Start(config_.push_listener,
                                                              {http::SnsRoute(doors_->intake())},
                                                              clock_, metrics_, logger_));
    stack_->writer.SetAccepting(true);
    grpc_->SetServing(true);
    accepting_ = true;
    return absl::OkStatus();
  }

  [[nodiscard]] Ports ports() const {
    return {.http = push_listener_->port(),
            .grpc = static_cast<std::uint16_t>(grpc_->port()),
            .metrics = metrics_listener_->port()};
  }

  [[nodiscard]] std::int64_t drain_ms() const { return config_.drain_ms; }

  void Drain(std::chrono::milliseconds within) {
    if (drained_.exchange(true)) return;
    accepting_ = false;
    if (push_listener_ != nullptr) stack_->writer.SetAccepting(false);
    // Pushes and streams end side by side: they share the time.
    std::thread pushes([&] {
      if (push_listener_ != nullptr) push_listener_->Drain(within.count());
    });
    if (grpc_ != nullptr) {
      grpc_->Drain(within / 2);
      grpc_->Shutdown(within / 2);
    }
    pushes.join();
    reloader_.reset();
    if (stack_ != nullptr) stack_->writer.Stop();
    // To the last, so that a probe hears that the server is not ready rather than nothing.
    if (metrics_listener_ != nullptr) metrics_listener_->Drain(0);
  }

 private:
  absl::Status OpenStack() {
    MT_RETURN_IF_ERROR(MakeDataFolder(config_));
    if (given_store_ == nullptr) {
      MT_ASSIGN_OR_RETURN(given_store_, OpenStore(config_, logger_, metrics_));
    }
    MT_ASSIGN_OR_RETURN(stack_, StoreStack::Open(std::move(given_store_),
                                                 {.key_file = config_.key_file,
                                                  .indexed_tags = config_.indexed_tags,
                                                  .indexed_headers = config_.indexed_headers},
                                                 clock_, logger_, metrics_));
    return absl::OkStatus();
  }

  absl::Status StartGrpc() {
    directory_ = std::make_unique<SourceDirectory>(doors_->sources());
    const auto& indexed = stack_->opened.meta.index_set.headers();
    shared_ = std::make_unique<api::Shared>(
        api::Backend{.events = stack_->events,
                     .messages = stack_->messages,
                     .log = stack_->log,
                     .preparer = stack_->preparer,
                     .hub = stack_->hub,
                     .sources = *directory_,
                     .clock = clock_,
                     .headers_of = HeadersOf,
                     .store_id = stack_->opened.meta.store_id,
                     .page_token_key = stack_->opened.keys.page_token,
                     .indexed_headers = {indexed.begin(), indexed.end()}});
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    MT_ASSIGN_OR_RETURN(
        grpc_, wire::Server::Start({.listen = config_.grpc_listen, .pumps = cores},
                                   {.shared = *shared_, .metrics = metrics_, .logger = logger_}));
    return absl::OkStatus();
  }

  absl::Status StartMetrics() {
    http::Options options = config_.metrics_listener;
    options.connections_max = kMetricsConnectionsMax;
    const auto get = [](std::string path, std::function<http::Response()> answer) {
      return http::Route{
          .method = "GET",
          .path = std::move(path),
          .handler = [answer = std::move(answer)](const http::Request&, http::Respond respond) {
            respond(answer());
          }};
    };
    MT_ASSIGN_OR_RETURN(
        metrics_listener_,
        http::Listener::Start(
            options,
            {get("/livez", [this] { return Livez(); }), get("/readyz", [this] { return Readyz(); }),
             get("/metrics",
                 [this] {
                   http::Response response = Text(200, metrics_.Text());
                   response.content_type = "text/plain; version=0.0.4; charset=utf-8";
                   return response;
                 })},
            clock_, metrics_, logger_));
    return absl::OkStatus();
  }

  void StartReloader() {
    std::vector<WatchedPath> paths;
    if (config_.config_file) {
      paths.push_back({.name = "sources", .path = *config_.config_file, .reload = [this] {
                         return doors_->ReloadSources();
                       }});
    }
    if (config_.signing_cert_dir) {
      paths.push_back({.name = "signing certificates",
                       .path = *config_.signing_cert_dir,
                       .reload = [this] { return doors_->ReloadCertificates(); }});
    }
    reloader_ = std::make_unique<Reloader>(std::move(paths), kReloadEvery, logger_);
  }

  // Dead only when nothing but a restart helps.
  http::Response Livez() const {
    const absl::Status failed = stack_->writer.failed();
    return failed.ok() ? Text(200, "ok\n") : Text(503, Cat(FromAbsl(failed.message()), "\n"));
  }

  http::Response Readyz() const {
    if (!accepting_) return Text(503, "not taking pushes\n");
    return Livez();
  }

  const config::Config config_;
  const Clock& clock_;
  Logger& logger_;
  observe::PrometheusRegistry& metrics_;
  std::optional<ingest::sns::FetchFunction> fetch_;
  std::unique_ptr<kv::Store> given_store_;

  std::atomic<bool> accepting_ = false;
  std::atomic<bool> drained_ = false;
  std::unique_ptr<StoreStack> stack_;
  std::unique_ptr<Doors> doors_;
  std::unique_ptr<SourceDirectory> directory_;
  std::unique_ptr<api::Shared> shared_;
  std::unique_ptr<wire::Server> grpc_;
  std::unique_ptr<http::Listener> metrics_listener_;
  std::unique_ptr<Reloader> reloader_;
  std::unique_ptr<http::Listener> push_listener_;
};

App::App(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

absl::StatusOr<std::unique_ptr<App>> App::Start(config::Config config, Surroundings surroundings) {
  std::unique_ptr<App> app(
      new App(std::make_unique<Parts>(std::move(config), std::move(surroundings))));
  MT_RETURN_IF_ERROR(app->parts_->Start());
  return app;
}

App::~App() { parts_->Drain(std::chrono::milliseconds(0)); }

Ports App::ports() const { return parts_->ports(); }

void App::Drain() { parts_->Drain(std::chrono::milliseconds(parts_->drain_ms())); }

}  // namespace mailtrail::server::app
