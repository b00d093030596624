#include "tests/bench/http_load.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <iostream>

namespace mailtrail::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

struct Connection {
  int fd = -1;
  std::string request;
  std::string answer;
  SteadyClock::time_point begun;
};

class Load {
 public:
  Load(std::uint16_t port, const std::vector<std::string>& bodies, std::size_t connections)
      : bodies_(bodies), epoll_(epoll_create1(EPOLL_CLOEXEC)), connections_(connections) {
    for (std::size_t i = 0; i < connections; ++i) Open(i, port);
  }
  ~Load() {
    for (const Connection& connection : connections_) close(connection.fd);
    close(epoll_);
  }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  LoadReport Run() {
    const auto start = SteadyClock::now();
    for (Connection& connection : connections_) Begin(connection);
    std::array<epoll_event, 64> ready{};
    while (report_.ok + report_.failed < bodies_.size()) {
      const int count = epoll_wait(epoll_, ready.data(), ready.size(), 30'000);
      if (count <= 0) Fail("no answer for 30 s");
      for (int i = 0; i < count; ++i) Read(connections_[ready[i].data.u64]);
    }
    report_.seconds = std::chrono::duration<double>(SteadyClock::now() - start).count();
    std::sort(latencies_ms_.begin(), latencies_ms_.end());
    report_.p50_ms = latencies_ms_[latencies_ms_.size() / 2];
    report_.p99_ms = latencies_ms_[latencies_ms_.size() * 99 / 100];
    return report_;
  }

 private:
  [[noreturn]] static void Fail(const char* what) {
    std::cerr << "bench: " << what << std::endl;
    std::abort();
  }

  void Open(std::size_t index, std::uint16_t port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) Fail("connect");
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    epoll_event event{.events = EPOLLIN, .data = {.u64 = index}};
    epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
    connections_[index].fd = fd;
  }

  // Sends the next body. A request fits the socket's buffer, so one send takes all of it.
  void Begin(Connection& connection) {
    if (next_ == bodies_.size()) return;
    const std::string& body = bodies_[next_++];
    connection.request =
        "POST /v1/sns HTTP/1.1\r\nHost: localhost\r\nx-amz-sns-message-type: Notification\r\n"
        "Content-Type: text/plain; charset=UTF-8\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body;
    connection.answer.clear();
    connection.begun = SteadyClock::now();
    const ssize_t sent =
        send(connection.fd, connection.request.data(), connection.request.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(connection.request.size())) Fail("send");
  }

  void Read(Connection& connection) {
    std::array<char, 4096> buffer{};
    const ssize_t bytes = recv(connection.fd, buffer.data(), buffer.size(), 0);
    if (bytes <= 0) Fail("the server closed a connection");
    connection.answer.append(buffer.data(), static_cast<std::size_t>(bytes));
    if (!IsWhole(connection.answer)) return;
    if (connection.answer.starts_with("HTTP/1.1 200")) {
      ++report_.ok;
    } else {
      ++report_.failed;
    }
    latencies_ms_.push_back(
        std::chrono::duration<double, std::milli>(SteadyClock::now() - connection.begun).count());
    Begin(connection);
  }

  static bool IsWhole(const std::string& answer) {
    const std::size_t head = answer.find("\r\n\r\n");
    if (head == std::string::npos) return false;
    const std::size_t length = answer.find("Content-Length: ");
    if (length == std::string::npos || length > head) Fail("an answer without its length");
    return answer.size() >= head + 4 + std::strtoul(answer.c_str() + length + 16, nullptr, 10);
  }

  const std::vector<std::string>& bodies_;
  const int epoll_;
  std::vector<Connection> connections_;
  std::size_t next_ = 0;
  LoadReport report_;
  std::vector<double> latencies_ms_;
};

}  // namespace

LoadReport PostAll(std::uint16_t port, const std::vector<std::string>& bodies,
                   std::size_t connections) {
  return Load(port, bodies, connections).Run();
}

}  // namespace mailtrail::bench
