#include "ingest/fetch/fetcher.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "ingest/fetch/limits.h"
#include "storage/base/text.h"
#include "tests/ingest/fetch/tls_server.h"
#include "tests/support/sns_signer.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::ingest {
namespace {

using absl::StatusCode;
using test::IsOkAndHolds;
using test::StatusIs;
using ::testing::HasSubstr;

absl::StatusOr<std::string> Fetch(Fetcher& fetcher, const std::string& url) {
  std::promise<absl::StatusOr<std::string>> promise;
  auto future = promise.get_future();
  fetcher.Get(url, [&](absl::StatusOr<std::string> body) { promise.set_value(std::move(body)); });
  return future.get();
}

// Making a key is slow: one for all tests.
const std::shared_ptr<const test::SnsKey>& SharedKey() {
  static const std::shared_ptr<const test::SnsKey> kKey = test::SnsKey::Make();
  return kKey;
}

// Servers whose authority is known to `fetcher`, which may call loopback; `strict` may not.
class FetcherTest : public ::testing::Test {
 protected:
  FetcherTest()
      : key(SharedKey()),
        // Valid by the machine's clock, which libcurl goes by.
        identity(key, {.common_name = "localhost",
                       .dns_names = {"localhost"},
                       .not_before = "2020-01-01T00:00:00Z",
                       .not_after = "2099-01-01T00:00:00Z"}),
        ca_file((dir.path() / "ca.pem").string()),
        fetcher({.ca_file = ca_file, .only_public_addresses = false}),
        strict({.ca_file = ca_file}) {
    test::WriteFile(ca_file, identity.certificate());
  }

  std::string UrlOf(const TlsServer& server, std::string_view host = "localhost") {
    return Cat("https://", host, ":", server.port(), "/x.pem");
  }
  absl::StatusOr<std::string> FetchAnswer(const std::string& answer) {
    const TlsServer server(*key, identity, answer);
    return Fetch(fetcher, UrlOf(server));
  }
  static std::string Answer(std::string_view status, std::string_view headers,
                            std::string_view body) {
    return Cat("HTTP/1.1 ", status, "\r\n", headers, "Content-Length: ", body.size(), "\r\n\r\n",
               body);
  }

  test::TempDir dir;
  std::shared_ptr<const test::SnsKey> key;
  test::SnsSigner identity;
  std::string ca_file;
  Fetcher fetcher;
  Fetcher strict;
};

TEST_F(FetcherTest, GivesTheBodyOfA200) {
  EXPECT_THAT(FetchAnswer(Answer("200 OK", "", "the body\n")), IsOkAndHolds("the body\n"));
}

TEST_F(FetcherTest, TakesNoOtherStatus) {
  for (const char* const status : {"204 No Content", "404 Not Found", "500 Oops"}) {
    EXPECT_THAT(FetchAnswer(Answer(status, "", "")),
                StatusIs(StatusCode::kUnavailable, HasSubstr(std::string(status, 3))));
  }
}

TEST_F(FetcherTest, FollowsNoRedirect) {
  const TlsServer target(*key, identity, Answer("200 OK", "", "the target"));
  for (const char* const status : {"301 Moved", "302 Found", "307 Temporary", "308 Permanent"}) {
    EXPECT_THAT(FetchAnswer(Answer(status, Cat("Location: ", UrlOf(target), "\r\n"), "")),
                StatusIs(StatusCode::kUnavailable, HasSubstr(std::string(status, 3))));
  }
  EXPECT_EQ(target.connections(), 0);
}

TEST_F(FetcherTest, BodyHasALimit) {
  const std::string most(kFetchBodyBytesMax, 'b');
  EXPECT_THAT(FetchAnswer(Answer("200 OK", "", most)), IsOkAndHolds(most));
  EXPECT_THAT(FetchAnswer(Answer("200 OK", "", most + "b")),
              StatusIs(StatusCode::kResourceExhausted, HasSubstr("over 16384 bytes")));
  // Also without a length, and with one that lies.
  EXPECT_THAT(FetchAnswer(Cat("HTTP/1.0 200 OK\r\n\r\n", std::string(1'000'000, 'b'))),
              StatusIs(StatusCode::kResourceExhausted));
  EXPECT_THAT(FetchAnswer("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nshort"),
              StatusIs(StatusCode::kUnavailable));
}

TEST_F(FetcherTest, EndsWhatTakesTooLong) {
  const auto began = std::chrono::steady_clock::now();
  EXPECT_THAT(FetchAnswer(""), StatusIs(StatusCode::kDeadlineExceeded));
  const auto took = std::chrono::steady_clock::now() - began;
  EXPECT_GE(took, std::chrono::milliseconds(kFetchMillisMax - 100));
  EXPECT_LT(took, std::chrono::milliseconds(3 * kFetchMillisMax));
}

// A listener whose queue is full: the kernel lets further connections wait.
TEST_F(FetcherTest, EndsWhatDoesNotConnect) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof(address);
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(listener, 0), 0);
  ASSERT_EQ(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const int filler = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(::connect(filler, reinterpret_cast<sockaddr*>(&address), size), 0);

  const auto began = std::chrono::steady_clock::now();
  EXPECT_THAT(Fetch(fetcher, Cat("https://127.0.0.1:", ntohs(address.sin_port), "/")),
              StatusIs(StatusCode::kDeadlineExceeded));
  const auto took = std::chrono::steady_clock::now() - began;
  EXPECT_GE(took, std::chrono::milliseconds(kFetchConnectMillisMax - 100));
  EXPECT_LT(took, std::chrono::milliseconds(kFetchMillisMax - 100));
  ::close(filler);
  ::close(listener);
}

TEST_F(FetcherTest, NeedsACertificateForTheHost) {
  const TlsServer server(*key, identity, Answer("200 OK", "", "x"));
  EXPECT_THAT(Fetch(fetcher, UrlOf(server, "127.0.0.1")), StatusIs(StatusCode::kUnavailable));
  Fetcher with_system_authorities({.only_public_addresses = false});
  EXPECT_THAT(Fetch(with_system_authorities, UrlOf(server)), StatusIs(StatusCode::kUnavailable));
}

TEST_F(FetcherTest, ConnectsToPublicAddressesOnly) {
  const TlsServer server(*key, identity, Answer("200 OK", "", "inside"));
  ASSERT_THAT(Fetch(fetcher, UrlOf(server)), IsOkAndHolds("inside"));
  const int before = server.connections();
  for (const std::string_view host :
       {"localhost", "127.0.0.1", "[::ffff:127.0.0.1]", "2130706433", "0177.0.0.1", "0x7f.1"}) {
    EXPECT_THAT(Fetch(strict, UrlOf(server, host)),
                StatusIs(StatusCode::kPermissionDenied, HasSubstr("not public")))
        << host;
  }
  EXPECT_THAT(Fetch(strict, "https://169.254.169.254/latest/meta-data/"),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_EQ(server.connections(), before);
}

TEST_F(FetcherTest, TakesHttpsOnly) {
  for (const char* const url : {"http://localhost/", "file:///etc/passwd", "HTTPS://localhost/",
                                "//localhost/", "localhost", "ftp://localhost/", ""}) {
    EXPECT_THAT(Fetch(fetcher, url),
                StatusIs(StatusCode::kInvalidArgument, "the URL is not https"));
  }
}

TEST_F(FetcherTest, TakesNoProxyFromTheEnvironment) {
  const TlsServer server(*key, identity, Answer("200 OK", "", "direct"));
  // The fetcher's threads read it only once they are asked to fetch.
  // NOLINTBEGIN(concurrency-mt-unsafe)
  ASSERT_EQ(::setenv("https_proxy", "http://127.0.0.1:1", 1), 0);
  ASSERT_EQ(::setenv("ALL_PROXY", "http://127.0.0.1:1", 1), 0);
  EXPECT_THAT(Fetch(fetcher, UrlOf(server)), IsOkAndHolds("direct"));
  ::unsetenv("https_proxy");
  ::unsetenv("ALL_PROXY");
  // NOLINTEND(concurrency-mt-unsafe)
}

TEST_F(FetcherTest, QueueHasALimitAndNeverBlocksTheCaller) {
  const TlsServer silent(*key, identity, "");
  std::vector<std::future<absl::StatusOr<std::string>>> answers;
  const auto get = [&] {
    auto promise = std::make_shared<std::promise<absl::StatusOr<std::string>>>();
    answers.push_back(promise->get_future());
    fetcher.Get(UrlOf(silent), [promise](absl::StatusOr<std::string> body) {
      promise->set_value(std::move(body));
    });
  };
  // At least so many are over the limit, whether or not the threads have taken theirs yet.
  for (std::size_t i = 0; i < kFetchQueueMax + kFetchThreads + 1; ++i) get();
  EXPECT_THAT(answers.back().get(), StatusIs(StatusCode::kResourceExhausted));
  answers.pop_back();
  fetcher.Stop();
  for (auto& answer : answers) {
    EXPECT_THAT(answer.get().status().code(),
                ::testing::AnyOf(StatusCode::kCancelled, StatusCode::kResourceExhausted));
  }
  EXPECT_THAT(Fetch(fetcher, UrlOf(silent)), StatusIs(StatusCode::kCancelled));
}

}  // namespace
}  // namespace mailtrail::ingest
