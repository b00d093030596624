#pragma once

// The whole server in this process, on ports of its own: pushes go in over HTTP, answers come out
// over gRPC.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cpp/client.h"
#include "server/app/app.h"
#include "server/observe/prometheus_registry.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_fetcher.h"
#include "tests/support/fake_logger.h"
#include "tests/support/sns_signer.h"
#include "tests/support/temp_dir.h"

namespace mailtrail::test {

inline constexpr char kTestTopic[] = "arn:aws:sns:us-east-1:123456789012:ses-events";

struct AppSetup {
  std::vector<std::string> topics = {kTestTopic};
  UnixMillis now = FakeClock::kStart;
  // Null: kv/memory.
  std::unique_ptr<kv::Store> store;
  // Nullopt: a folder of the test.
  std::optional<std::filesystem::path> data_dir;
  // Port 0: a free one.
  std::string grpc_listen = "127.0.0.1:0";
};

struct HttpAnswer {
  int status = 0;
  std::string body;
};

// Started in the constructor; a start that fails fails the test.
class AppUnderTest {
 public:
  explicit AppUnderTest(AppSetup setup = {});
  ~AppUnderTest();
  AppUnderTest(const AppUnderTest&) = delete;
  AppUnderTest& operator=(const AppUnderTest&) = delete;

  // Posts a body as SNS does.
  [[nodiscard]] HttpAnswer Post(const std::string& body,
                                std::string_view announced_type = "Notification") const;
  // Signs SES's text as a push of kTestTopic with a MessageId of its own, and posts it; the status.
  [[nodiscard]] int PostEvent(const std::string& text);
  // GET on the metrics port.
  [[nodiscard]] HttpAnswer Get(const std::string& path) const;

  [[nodiscard]] client::Client Client() const;
  [[nodiscard]] std::shared_ptr<grpc::Channel> Channel() const;

  [[nodiscard]] FakeClock& clock() { return clock_; }
  [[nodiscard]] FakeFetcher& fetcher() { return fetcher_; }
  [[nodiscard]] const FakeLogger& logger() const { return logger_; }
  [[nodiscard]] const SnsSigner& signer() const { return signer_; }
  [[nodiscard]] server::app::App& app() { return *app_; }

 private:
  const TempDir folder_;
  FakeClock clock_;
  FakeFetcher fetcher_;
  FakeLogger logger_;
  server::observe::PrometheusRegistry metrics_;
  const SnsSigner signer_;
  std::uint64_t pushes_ = 0;
  std::unique_ptr<server::app::App> app_;
};

}  // namespace mailtrail::test
