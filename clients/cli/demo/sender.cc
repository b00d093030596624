#include "clients/cli/demo/sender.h"

#include <curl/curl.h>

#include <utility>

#include "storage/base/status.h"

namespace mailtrail::demo {
namespace {

constexpr long kTimeoutSeconds = 15;

std::size_t Discard(char* /*data*/, std::size_t size, std::size_t count, void* /*user*/) {
  return size * count;
}

struct HeadersFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

}  // namespace

struct Sender::Connection {
  CURL* curl = curl_easy_init();
};

Sender::Sender(std::string endpoint)
    : endpoint_(std::move(endpoint)), connection_(std::make_unique<Connection>()) {}

Sender::~Sender() { curl_easy_cleanup(connection_->curl); }

absl::StatusOr<int> Sender::Post(std::string_view body, std::string_view topic_arn) {
  CURL* curl = connection_->curl;
  std::unique_ptr<curl_slist, HeadersFree> headers;
  for (const std::string& header :
       {std::string("Content-Type: text/plain; charset=UTF-8"),
        std::string("x-amz-sns-message-type: Notification"),
        Cat("x-amz-sns-topic-arn: ", topic_arn),
        std::string("User-Agent: Amazon Simple Notification Service Agent"),
        // SNS asks for no permission before it sends a body.
        std::string("Expect:")}) {
    headers.reset(curl_slist_append(headers.release(), header.c_str()));
  }
  curl_easy_setopt(curl, CURLOPT_URL, endpoint_.c_str());
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Discard);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, kTimeoutSeconds);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  const CURLcode result = curl_easy_perform(curl);
  if (result != CURLE_OK) {
    return MakeStatus(absl::StatusCode::kUnavailable, endpoint_, ": ", curl_easy_strerror(result));
  }
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

}  // namespace mailtrail::demo
