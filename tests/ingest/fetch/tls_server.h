#pragma once

#include <atomic>
#include <string>
#include <thread>

#include "tests/support/sns_signer.h"

struct ssl_ctx_st;

namespace mailtrail::ingest {

// An HTTPS server on loopback that answers every request with the same bytes, then closes.
class TlsServer {
 public:
  // "" answers nothing: the client waits.
  TlsServer(const test::SnsKey& key, const test::SnsSigner& identity, std::string answer);
  ~TlsServer();
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  [[nodiscard]] int port() const { return port_; }
  // Connections that were accepted so far.
  [[nodiscard]] int connections() const { return connections_; }

 private:
  void Run();
  void Serve(int socket) const;

  const std::string answer_;
  ssl_ctx_st* context_;
  int listener_;
  int port_;
  std::atomic<int> connections_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace mailtrail::ingest
