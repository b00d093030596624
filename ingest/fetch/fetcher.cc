#include "ingest/fetch/fetcher.h"

#include <curl/curl.h>
#include <pthread.h>
#include <signal.h>

#include <memory>
#include <string_view>
#include <utility>

#include "ingest/fetch/limits.h"
#include "ingest/fetch/public_address.h"
#include "storage/base/status.h"
#include "storage/base/thread.h"

namespace mailtrail::ingest {
namespace {

constexpr long kOk = 200;

// What libcurl's callbacks see of one request.
struct Transfer {
  const std::atomic<bool>& stopping;
  std::string body;
  bool body_too_large = false;
  bool address_refused = false;
};

std::size_t Receive(const char* data, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  const std::size_t bytes = size * count;
  if (transfer.body.size() + bytes > kFetchBodyBytesMax) {
    transfer.body_too_large = true;
    return 0;  // Ends the transfer.
  }
  transfer.body.append(data, bytes);
  return bytes;
}

// Sees the address that is really connected to, so a second answer of DNS cannot slip by.
curl_socket_t OpenPublicSocket(void* context, curlsocktype /*purpose*/, curl_sockaddr* address) {
  if (!IsPublicAddress(address->addr)) {
    static_cast<Transfer*>(context)->address_refused = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int CheckStopping(void* context, curl_off_t /*down_total*/, curl_off_t /*down*/,
                  curl_off_t /*up_total*/, curl_off_t /*up*/) {
  return static_cast<Transfer*>(context)->stopping ? 1 : 0;
}

absl::Status ToStatus(CURLcode code, const Transfer& transfer) {
  if (code == CURLE_OK) return absl::OkStatus();
  if (transfer.stopping) return absl::CancelledError("the fetcher was stopped");
  if (transfer.address_refused) {
    return absl::PermissionDeniedError("the host's address is not public");
  }
  if (transfer.body_too_large) {
    return MakeStatus(absl::StatusCode::kResourceExhausted, "the body is over ", kFetchBodyBytesMax,
                      " bytes");
  }
  const char* const text = curl_easy_strerror(code);
  if (code == CURLE_OPERATION_TIMEDOUT) return absl::DeadlineExceededError(text);
  return absl::UnavailableError(text);
}

void SetRules(CURL* curl, const FetcherOptions& options) {
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  // An empty proxy and not none: none would be taken from the environment.
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options.ca_file.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, options.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, kFetchConnectMillisMax);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, kFetchMillisMax);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "mailtrail");
}

}  // namespace

Fetcher::Fetcher(FetcherOptions options) : options_(std::move(options)) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  for (std::size_t i = 0; i < kFetchThreads; ++i) threads_.emplace_back([this] { Run(); });
}

Fetcher::~Fetcher() {
  Stop();
  curl_global_cleanup();
}

void Fetcher::Get(std::string url, Done done) {
  absl::Status refused;
  if (!url.starts_with("https://")) {
    refused = absl::InvalidArgumentError("the URL is not https");
  } else {
    MutexLock lock(mu_);
    if (stopped_) {
      refused = absl::CancelledError("the fetcher was stopped");
    } else if (queue_.size() == kFetchQueueMax) {
      refused = absl::ResourceExhaustedError("too many fetches are waiting");
    } else {
      queue_.push_back({std::move(url), std::move(done)});
      changed_.NotifyOne();
      return;
    }
  }
  done(refused);
}

void Fetcher::Stop() {
  std::deque<Request> left;
  stopping_ = true;
  {
    MutexLock lock(mu_);
    stopped_ = true;
    left.swap(queue_);
    changed_.NotifyAll();
  }
  for (Request& request : left) request.done(absl::CancelledError("the fetcher was stopped"));
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Fetcher::Run() {
  NameThisThread("mt-fetch");
  // With CURLOPT_NOSIGNAL, libcurl leaves the signal of a connection that the peer closed to us.
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
  while (true) {
    Request request;
    {
      MutexLock lock(mu_);
      while (queue_.empty() && !stopped_) changed_.Wait(mu_);
      if (queue_.empty()) return;
      request = std::move(queue_.front());
      queue_.pop_front();
    }
    request.done(Perform(request.url));
  }
}

absl::StatusOr<std::string> Fetcher::Perform(const std::string& url) const {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(),
                                                                 &curl_easy_cleanup);
  if (curl == nullptr) return absl::UnavailableError("libcurl cannot start");
  Transfer transfer{.stopping = stopping_};
  SetRules(curl.get(), options_);
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &Receive);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(curl.get(), CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl.get(), CURLOPT_XFERINFOFUNCTION, &CheckStopping);
  curl_easy_setopt(curl.get(), CURLOPT_XFERINFODATA, &transfer);
  if (options_.only_public_addresses) {
    curl_easy_setopt(curl.get(), CURLOPT_OPENSOCKETFUNCTION, &OpenPublicSocket);
    curl_easy_setopt(curl.get(), CURLOPT_OPENSOCKETDATA, &transfer);
  }
  MT_RETURN_IF_ERROR(ToStatus(curl_easy_perform(curl.get()), transfer));
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != kOk) return MakeStatus(absl::StatusCode::kUnavailable, "HTTP status ", status);
  return std::move(transfer.body);
}

}  // namespace mailtrail::ingest
