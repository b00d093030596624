#include "tests/ingest/http/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "absl/strings/str_format.h"
#include "gtest/gtest.h"
#include "storage/base/text.h"

namespace mailtrail::ingest::http {

Client::Client() : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
  timeval patience{.tv_sec = 20, .tv_usec = 0};
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

Client::Client(std::uint16_t port) : Client() { Connect(port); }

Client::~Client() { Close(); }

void Client::Connect(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    Close();
  }
}

bool Client::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

Reply Client::Read(Expected expected) {
  Reply reply;
  std::size_t head_end = 0;
  while ((head_end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!Fill()) {
      return reply;
    }
  }
  const std::string head = buffer_.substr(0, head_end + 2);
  buffer_.erase(0, head_end + 4);
  const int status = std::atoi(head.substr(head.find(' ') + 1).c_str());
  for (std::size_t at = head.find("\r\n") + 2; at < head.size();) {
    const std::size_t end = head.find("\r\n", at);
    const std::size_t colon = head.find(": ", at);
    reply.headers[AsciiLower(head.substr(at, colon - at))] =
        head.substr(colon + 2, end - colon - 2);
    at = end + 2;
  }
  const std::size_t bytes = expected == Expected::kBody && reply.headers.contains("content-length")
                                ? std::stoul(reply.headers["content-length"])
                                : 0;
  while (buffer_.size() < bytes) {
    if (!Fill()) {
      return reply;
    }
  }
  reply.body = buffer_.substr(0, bytes);
  buffer_.erase(0, bytes);
  reply.status = status;
  return reply;
}

bool Client::ReadableWithin(int millis) const {
  pollfd poller{.fd = fd_, .events = POLLIN, .revents = 0};
  return poll(&poller, 1, millis) > 0;
}

bool Client::AtEnd() { return buffer_.empty() && !Fill() && buffer_.empty(); }

std::size_t Client::Skip() {
  std::size_t bytes = 0;
  do {
    bytes += buffer_.size();
    buffer_.clear();
  } while (Fill());
  return bytes;
}

void Client::CloseSend() { shutdown(fd_, SHUT_WR); }

void Client::Close() {
  if (fd_ >= 0) {
    close(fd_);
    fd_ = -1;
  }
}

bool Client::Fill() {
  std::array<char, 65536> piece{};
  const ssize_t got = recv(fd_, piece.data(), piece.size(), 0);
  EXPECT_FALSE(got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) << "nothing came for 20 s";
  if (got <= 0) {
    return false;
  }
  buffer_.append(piece.data(), static_cast<std::size_t>(got));
  return true;
}

std::string Post(std::string_view path, std::string_view body) {
  return Cat("POST ", path, " HTTP/1.1\r\nHost: a\r\nContent-Length: ", body.size(), "\r\n\r\n",
             body);
}

std::string Chunked(std::string_view body, std::size_t chunk_bytes) {
  std::string out;
  while (!body.empty()) {
    const std::string_view piece = body.substr(0, chunk_bytes);
    out += Cat(absl::StrFormat("%x", piece.size()), "\r\n", piece, "\r\n");
    body.remove_prefix(piece.size());
  }
  return out + "0\r\n\r\n";
}

}  // namespace mailtrail::ingest::http
