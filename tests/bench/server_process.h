#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace mailtrail::bench {

// mailtrail-server as a child: started, asked, stopped.
class ServerProcess {
 public:
  // Returns once it is ready; aborts when it does not get there.
  explicit ServerProcess(const std::vector<std::string>& flags);
  // SIGTERM, and waits.
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  [[nodiscard]] std::uint16_t http_port() const { return http_port_; }
  // From the start of the process to its ready line.
  [[nodiscard]] double start_seconds() const { return start_seconds_; }
  // User and system, all threads.
  [[nodiscard]] double CpuSeconds() const;
  // The sum of a metric's lines that begin so; 0 when there are none.
  [[nodiscard]] double Metric(const std::string& name) const;

 private:
  void ReadReadyLine(int pipe);

  pid_t pid_ = 0;
  std::uint16_t http_port_ = 0;
  std::uint16_t metrics_port_ = 0;
  double start_seconds_ = 0;
};

}  // namespace mailtrail::bench
