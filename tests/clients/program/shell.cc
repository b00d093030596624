#include "tests/clients/program/shell.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gtest/gtest.h"
#include "storage/base/text.h"

namespace mailtrail::test {
namespace {

std::string WithSurroundings(std::string_view server, const std::filesystem::path& errors,
                             std::string_view script) {
  return Cat("exec 2>'", errors.string(), "'\nexport PATH='", MAILTRAIL_BINARY_DIR,
             "/bin':\"$PATH\" MAILTRAIL_SERVER='", server, "'\n", script);
}

}  // namespace

Shell::Shell(std::string_view server, std::string_view script)
    : process_("/bin/bash", {"-c", WithSurroundings(server, folder_.path() / "errors", script)}) {}

std::vector<std::string> Shell::Rest() {
  std::vector<std::string> lines;
  while (auto line = process_.ReadLine()) lines.push_back(*std::move(line));
  return lines;
}

std::string Shell::Errors() { return ReadFile(folder_.path() / "errors"); }

Finished RunShell(std::string_view server, std::string_view script) {
  Shell shell(server, script);
  Finished finished;
  finished.lines = shell.Rest();
  finished.code = shell.process().Wait();
  finished.errors = shell.Errors();
  return finished;
}

SilentPort::SilentPort() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t bytes = sizeof(address);
  EXPECT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&address), bytes), 0);
  EXPECT_EQ(listen(socket_, 16), 0);
  EXPECT_EQ(getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &bytes), 0);
  address_ = Cat("127.0.0.1:", ntohs(address.sin_port));
}

SilentPort::~SilentPort() { close(socket_); }

bool SilentPort::WasCalled() const {
  const int connection = accept(socket_, nullptr, nullptr);
  if (connection >= 0) close(connection);
  return connection >= 0;
}

}  // namespace mailtrail::test
