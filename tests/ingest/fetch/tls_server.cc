#include "tests/ingest/fetch/tls_server.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>

namespace mailtrail::ingest {
namespace {

std::unique_ptr<BIO, decltype(&BIO_free)> Memory(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free};
}

}  // namespace

TlsServer::TlsServer(const test::SnsKey& key, const test::SnsSigner& identity, std::string answer)
    : answer_(std::move(answer)),
      context_(SSL_CTX_new(TLS_server_method())),
      listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      port_(0) {
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(
      PEM_read_bio_X509(Memory(identity.certificate()).get(), nullptr, nullptr, nullptr),
      &X509_free);
  EXPECT_EQ(SSL_CTX_use_certificate(context_, certificate.get()), 1);
  EXPECT_EQ(SSL_CTX_use_PrivateKey(context_, key.get()), 1);
  sockaddr_in address{.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof(address);
  EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
  EXPECT_EQ(::listen(listener_, 16), 0);
  EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Run(); });
}

TlsServer::~TlsServer() {
  stopping_ = true;
  thread_.join();
  ::close(listener_);
  SSL_CTX_free(context_);
}

void TlsServer::Run() {
  // Clients that have read enough close while we write.
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
  constexpr int kPollMillis = 20;
  while (!stopping_) {
    pollfd ready{.fd = listener_, .events = POLLIN};
    if (::poll(&ready, 1, kPollMillis) != 1) continue;
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    ++connections_;
    Serve(socket);
    ::close(socket);
  }
}

void TlsServer::Serve(int socket) const {
  const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context_), &SSL_free);
  SSL_set_fd(ssl.get(), socket);
  if (SSL_accept(ssl.get()) != 1) return;
  std::array<char, 4096> request{};
  if (SSL_read(ssl.get(), request.data(), request.size()) <= 0) return;
  if (answer_.empty()) {
    // Until the client gives up.
    SSL_read(ssl.get(), request.data(), request.size());
    return;
  }
  SSL_write(ssl.get(), answer_.data(), static_cast<int>(answer_.size()));
  SSL_shutdown(ssl.get());
}

}  // namespace mailtrail::ingest
