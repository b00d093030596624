// What keeps a listener from starting, and what it looks like when it has.

#include <filesystem>
#include <fstream>
#include <set>

#include "gmock/gmock.h"
#include "storage/base/text.h"
#include "tests/ingest/http/fixture.h"
#include "tests/support/status_matchers.h"

namespace mailtrail::ingest::http {
namespace {

using test::StatusIs;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

class Start : public HttpTest {
 protected:
  absl::StatusOr<std::unique_ptr<Listener>> Try(const Options& options) {
    return Listener::Start(
        options, {{"GET", "/", [](const Request& /*request*/, Respond respond) { respond({}); }}},
        clock_, metrics_, logger_);
  }
};

TEST_F(Start, OptionsOutOfRangeAreRefusedByName) {
  const struct {
    void (*change)(Options&);
    const char* names;
  } rows[] = {
      {[](Options& o) { o.name = ""; }, "listener name ''"},
      {[](Options& o) { o.name = "thirteen-char"; }, "listener name 'thirteen-char'"},
      {[](Options& o) { o.threads = 0; }, "threads"},
      {[](Options& o) { o.threads = 257; }, "threads"},
      {[](Options& o) { o.connections_max = 0; }, "connections_max"},
      {[](Options& o) { o.idle_ms = 0; }, "idle_ms"},
      {[](Options& o) { o.head_ms = 0; }, "head_ms"},
      {[](Options& o) { o.body_ms = -1; }, "body_ms"},
      {[](Options& o) { o.answer_ms = 0; }, "answer_ms"},
      {[](Options& o) { o.write_ms = 0; }, "write_ms"},
      {[](Options& o) { o.linger_ms = 0; }, "linger_ms"},
      {[](Options& o) { o.sweep_ms = 0; }, "sweep_ms"},
      {[](Options& o) { o.listen = "nowhere"; }, "'nowhere'"},
  };
  for (const auto& row : rows) {
    Options options = SmallOptions();
    row.change(options);
    EXPECT_THAT(Try(options), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(row.names)));
  }
}

TEST_F(Start, AnAddressInUseIsRefused) {
  Options options = SmallOptions();
  options.listen = Cat("127.0.0.1:", port());
  EXPECT_THAT(Try(options),
              StatusIs(absl::StatusCode::kUnavailable,
                       Cat("cannot listen on 127.0.0.1:", port(),
                           ": the address is in use; stop "
                           "the program that listens there, or choose another port")));
}

TEST_F(Start, APortIsFreeAgainAtOnce) {
  Options options = SmallOptions();
  options.listen = Cat("127.0.0.1:", port());
  // The server closes first, so the old connection waits in TIME_WAIT.
  Client client(port());
  EXPECT_EQ(client.Ask("GET /alive HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").status, 200);
  EXPECT_TRUE(client.AtEnd());
  listener_.reset();
  EXPECT_OK(Try(options));
}

TEST_F(Start, AnEmptyHostListensForIpv4Clients) {
  Options options = SmallOptions();
  options.listen = ":0";
  Restart(options);
  Client client(port());
  EXPECT_EQ(client.Ask(Post("/echo", "hello")).body, "hello");
}

TEST_F(Start, ThreadsHaveNames) {
  Options options = SmallOptions();
  options.name = "pushes";
  options.threads = 2;
  Restart(options);
  // Least loaded first, so the two connections lie on different threads, which thereby run.
  Client first(port());
  EXPECT_EQ(first.Ask(Post("/echo", "1")).status, 200);
  Client second(port());
  EXPECT_EQ(second.Ask(Post("/echo", "2")).status, 200);
  std::set<std::string> names;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    std::string name;
    std::getline(std::ifstream(task.path() / "comm"), name);
    names.insert(name);
  }
  EXPECT_THAT(names, IsSupersetOf({"pushes-0", "pushes-1"}));
}

}  // namespace
}  // namespace mailtrail::ingest::http
