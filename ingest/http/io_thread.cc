#include "ingest/http/io_thread.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <exception>
#include <utility>

#include "storage/base/thread.h"

namespace mailtrail::ingest::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto kToken = asio::as_tuple(asio::use_awaitable);
// Tells Asio that a single thread runs the loop.
constexpr int kOneThread = 1;

std::string WhatOf(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& e) {
    return e.what();
  } catch (...) {
    return "unknown";
  }
}

}  // namespace

IoThread::IoThread(Service& service, std::string name)
    : service_(service),
      context_(std::make_shared<asio::io_context>(kOneThread)),
      work_(asio::make_work_guard(*context_)),
      sweep_timer_(*context_) {
  asio::co_spawn(*context_, SweepRegularly(),
                 [this](const std::exception_ptr& failure) { LogFailure(failure); });
  thread_ = std::thread([this, name = std::move(name)] { Loop(name); });
}

// Without memory for the last job the process ends, as it should.
// NOLINTNEXTLINE(bugprone-exception-escape)
IoThread::~IoThread() {
  asio::post(*context_, [this] {
    stopping_ = true;
    sweep_timer_.cancel();
  });
  work_.reset();
  thread_.join();
}

void IoThread::Serve(tcp::socket socket) {
  load_.fetch_add(1, std::memory_order_relaxed);
  auto connection = std::make_shared<Connection>(std::move(socket), context_, service_, date_);
  asio::post(*context_, [this, connection] {
    connections_.insert(connection.get());
    // The handler keeps the connection until its coroutine has ended.
    asio::co_spawn(*context_, connection->Run(),
                   [this, connection](const std::exception_ptr& failure) {
                     connections_.erase(connection.get());
                     load_.fetch_sub(1, std::memory_order_relaxed);
                     LogFailure(failure);
                     service_.Close();
                   });
    if (service_.draining()) {
      Sweep();
    }
  });
}

void IoThread::Drain() {
  asio::post(*context_, [this] {
    for (Connection* const connection : connections_) {
      connection->WakeIfIdle();
    }
    Sweep();
  });
}

void IoThread::Loop(const std::string& name) {
  NameThisThread(name);
  while (true) {
    try {
      context_->run();
      return;
    } catch (...) {
      LogFailure(std::current_exception());
    }
  }
}

asio::awaitable<void> IoThread::SweepRegularly() {
  while (!stopping_) {
    sweep_timer_.expires_after(std::chrono::milliseconds(service_.options.sweep_ms));
    co_await sweep_timer_.async_wait(kToken);
    Sweep();
  }
}

void IoThread::Sweep() {
  const std::int64_t now_ms = service_.clock.SteadyMillis();
  const bool cut = now_ms >= service_.cut_at_ms();
  for (Connection* const connection : connections_) {
    if (cut) {
      connection->Cut();
    } else {
      connection->Sweep(now_ms);
    }
  }
}

void IoThread::LogFailure(const std::exception_ptr& failure) {
  if (failure) {
    service_.logger.Write(LogLevel::kError, "http_failure",
                          {{.name = "listener", .value = service_.options.name},
                           {.name = "error", .value = WhatOf(failure)}});
  }
}

}  // namespace mailtrail::ingest::http
