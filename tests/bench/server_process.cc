#include "tests/bench/server_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

namespace mailtrail::bench {
namespace {

[[noreturn]] void Fail(const std::string& what) {
  std::cerr << "bench: " << what << std::endl;
  std::abort();
}

std::string Get(std::uint16_t port, const std::string& path) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) Fail("connect");
  const std::string request = "GET " + path + " HTTP/1.0\r\n\r\n";
  if (write(fd, request.data(), request.size()) < 0) Fail("write");
  std::string answer;
  char buffer[65536];
  for (ssize_t n = 0; (n = read(fd, buffer, sizeof(buffer))) > 0;) {
    answer.append(buffer, static_cast<std::size_t>(n));
  }
  close(fd);
  return answer;
}

}  // namespace

ServerProcess::ServerProcess(const std::vector<std::string>& flags) {
  int pipes[2];
  if (pipe2(pipes, O_CLOEXEC) != 0) Fail("pipe");
  const auto start = std::chrono::steady_clock::now();
  pid_ = fork();
  if (pid_ == 0) {
    dup2(pipes[1], STDOUT_FILENO);
    std::vector<std::string> arguments = {MAILTRAIL_BINARY_DIR "/bin/mailtrail-server"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    execv(argv[0], argv.data());
    _exit(127);
  }
  close(pipes[1]);
  ReadReadyLine(pipes[0]);
  start_seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  close(pipes[0]);
}

void ServerProcess::ReadReadyLine(int pipe) {
  std::string line;
  for (char c = 0; read(pipe, &c, 1) == 1 && c != '\n';) line += c;
  int http = 0;
  int grpc = 0;
  int metrics = 0;
  if (std::sscanf(line.c_str(), "mailtrail-server is ready: http %d, grpc %d, metrics %d", &http,
                  &grpc, &metrics) != 3) {
    Fail("the server did not get ready: " + line);
  }
  http_port_ = static_cast<std::uint16_t>(http);
  metrics_port_ = static_cast<std::uint16_t>(metrics);
}

ServerProcess::~ServerProcess() {
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
}

double ServerProcess::CpuSeconds() const {
  std::ifstream in("/proc/" + std::to_string(pid_) + "/stat");
  std::string text;
  std::getline(in, text);
  // Fields 14 and 15, counted behind the name in parentheses, which is the second.
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::string skipped;
  for (int i = 3; i < 14; ++i) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double ServerProcess::Metric(const std::string& name) const {
  std::istringstream lines(Get(metrics_port_, "/metrics"));
  double sum = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(name, 0) == 0) sum += std::stod(line.substr(line.rfind(' ')));
  }
  return sum;
}

}  // namespace mailtrail::bench
