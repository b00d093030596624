#include "tests/integration/app_under_test.h"

#include <curl/curl.h>

#include <utility>

#include "absl/strings/str_format.h"
#include "clients/cpp/channel.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"
#include "storage/kv/memory/store.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::test {
namespace {

// One key for all tests of the binary: making one takes a tenth of a second.
std::shared_ptr<const SnsKey> SharedKey() {
  static const std::shared_ptr<const SnsKey> key = SnsKey::Make();
  return key;
}

std::size_t Collect(char* data, std::size_t size, std::size_t count, void* body) {
  static_cast<std::string*>(body)->append(data, size * count);
  return size * count;
}

HttpAnswer Perform(const std::string& url, const std::string* body,
                   const std::vector<std::string>& headers) {
  CURL* curl = curl_easy_init();
  curl_slist* list = nullptr;
  for (const std::string& header : headers) list = curl_slist_append(list, header.c_str());
  HttpAnswer answer;
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Collect);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
  if (body != nullptr) {
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body->size()));
  }
  EXPECT_EQ(curl_easy_perform(curl), CURLE_OK) << url;
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  curl_slist_free_all(list);
  curl_easy_cleanup(curl);
  return answer;
}

}  // namespace

AppUnderTest::AppUnderTest(AppSetup setup) : clock_(setup.now), signer_(SharedKey()) {
  server::config::Config config;
  config.data_dir = setup.data_dir.value_or(folder_.path() / "data");
  config.key_file = config.data_dir / "key";
  config.signing_cert_dir = folder_.path() / "certs";
  std::filesystem::create_directories(*config.signing_cert_dir);
  WriteFile(*config.signing_cert_dir / signer_.file_name(), signer_.certificate());
  config.push_listener.name = "push";
  config.metrics_listener.name = "metrics";
  config.grpc_listen = std::move(setup.grpc_listen);
  config.topic_patterns = std::move(setup.topics);
  config.cache_bytes = 16 << 20;
  config.write_buffer_bytes = 16 << 20;
  config.drain_ms = 5'000;
  if (setup.store == nullptr) setup.store = std::make_unique<kv::memory::MemoryStore>();
  auto app = server::app::App::Start(std::move(config), {.clock = clock_,
                                                         .logger = logger_,
                                                         .metrics = metrics_,
                                                         .fetch = fetcher_.Function(),
                                                         .store = std::move(setup.store)});
  if (!app.ok()) {
    ADD_FAILURE() << app.status();
    std::abort();
  }
  app_ = *std::move(app);
}

AppUnderTest::~AppUnderTest() { fetcher_.Release(); }

HttpAnswer AppUnderTest::Post(const std::string& body, std::string_view announced_type) const {
  return Perform(Cat("http://127.0.0.1:", app_->ports().http, "/v1/sns"), &body,
                 {Cat("x-amz-sns-message-type: ", announced_type),
                  "Content-Type: text/plain; charset=UTF-8", "Expect:"});
}

int AppUnderTest::PostEvent(const std::string& text) {
  const SnsPush push{.message_id = absl::StrFormat("00000000-0000-4000-8000-%012x", ++pushes_),
                     .topic_arn = kTestTopic,
                     .message = text,
                     .timestamp = FormatTime(clock_.Now())};
  return Post(SignedFields(signer_, push).Render()).status;
}

HttpAnswer AppUnderTest::Get(const std::string& path) const {
  return Perform(Cat("http://127.0.0.1:", app_->ports().metrics, path), nullptr, {});
}

std::shared_ptr<grpc::Channel> AppUnderTest::Channel() const {
  return client::Connect(Cat("127.0.0.1:", app_->ports().grpc));
}

client::Client AppUnderTest::Client() const { return client::Client(Channel()); }

}  // namespace mailtrail::test
