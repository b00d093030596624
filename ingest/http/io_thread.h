#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <unordered_set>

#include "ingest/http/connection.h"
#include "ingest/http/http_date.h"
#include "ingest/http/service.h"

namespace mailtrail::ingest::http {

// One thread, its event loop and its connections. A loop of its own for each thread, and a
// connection stays where it was put: no strands, no locks between the connections.
//
// Thread-safe where said; the rest runs on the thread itself.
class IoThread {
 public:
  IoThread(Service& service, std::string name);
  // Every connection must have ended: Service::WaitUntilEmpty().
  ~IoThread();
  IoThread(const IoThread&) = delete;
  IoThread& operator=(const IoThread&) = delete;

  [[nodiscard]] boost::asio::io_context& context() { return *context_; }
  // Connections, as far as known; thread-safe.
  [[nodiscard]] std::size_t load() const { return load_.load(std::memory_order_relaxed); }

  // Serves `socket`, which belongs to context(). Thread-safe. The service's place is given back
  // when it ends.
  void Serve(boost::asio::ip::tcp::socket socket);
  // Ends idle connections, and all of them once the service's time to cut has come. Thread-safe.
  void Drain();

 private:
  void Loop(const std::string& name);
  boost::asio::awaitable<void> SweepRegularly();
  void Sweep();
  void LogFailure(const std::exception_ptr& failure);

  Service& service_;
  // Shared with each Respond, which may outlive this object.
  const std::shared_ptr<boost::asio::io_context> context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  boost::asio::steady_timer sweep_timer_;
  bool stopping_ = false;
  HttpDate date_;
  std::unordered_set<Connection*> connections_;
  std::atomic<std::size_t> load_{0};
  std::thread thread_;
};

}  // namespace mailtrail::ingest::http
