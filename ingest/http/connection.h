#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/http/http_date.h"
#include "ingest/http/message.h"
#include "ingest/http/refusal.h"
#include "ingest/http/request_parser.h"
#include "ingest/http/service.h"

namespace mailtrail::ingest::http {

// One client's connection: reads a request, has it answered, writes the response, and again. All of
// it runs on one io thread, so there are no locks. Pipelined requests wait in the socket.
//
// Time: each phase sets a deadline, and the io thread's sweep interrupts what is overdue. That
// costs a phase one store, where a timer each would cost an insertion and a cancellation.
class Connection {
 public:
  Connection(boost::asio::ip::tcp::socket socket, std::shared_ptr<boost::asio::io_context> context,
             Service& service, HttpDate& date);

  // Serves until one side ends it. The object must outlive the coroutine.
  boost::asio::awaitable<void> Run();

  // On the io thread: interrupts the present phase if its deadline has passed.
  void Sweep(std::int64_t now_ms);
  // On the io thread, once a drain has begun: wakes a connection that waits for a request.
  void WakeIfIdle();
  // On the io thread: ends it at once.
  void Cut();

 private:
  // kGone: nobody is left to answer.
  enum class Outcome { kOk, kGone, kRefused };

  boost::asio::awaitable<bool> ServeOne();
  boost::asio::awaitable<Outcome> WaitForRequest();
  boost::asio::awaitable<Outcome> ReadHead();
  Outcome ParseHead(std::size_t head_bytes);
  Outcome JudgeHead();
  boost::asio::awaitable<Outcome> ReadBody();
  boost::asio::awaitable<Outcome> SendContinue();
  boost::asio::awaitable<Outcome> Answer();
  boost::asio::awaitable<bool> Send();
  boost::asio::awaitable<void> Linger();
  // Reads what has come; false when nothing more will, or when the phase was interrupted.
  boost::asio::awaitable<bool> Fill();

  Outcome Refuse(Refusal refusal);
  // For a phase that Fill() or a write ended: overdue is answered, a lost client is not.
  Outcome Lost(Refusal refusal) { return overdue_ ? Refuse(refusal) : Outcome::kGone; }
  void PrepareRefusal();
  void SetDeadline(std::int64_t after_ms);
  void Interrupt();
  [[nodiscard]] bool InputWaits();
  [[nodiscard]] std::string_view Buffered() const;

  boost::asio::ip::tcp::socket socket_;
  const std::shared_ptr<boost::asio::io_context> context_;
  Service& service_;
  HttpDate& date_;
  // Wakes the coroutine when its answer is there; never expires by itself.
  boost::asio::steady_timer waker_;

  std::int64_t deadline_ms_ = Service::kNever;
  bool overdue_ = false;
  bool idle_ = false;
  bool cut_ = false;

  // Received and not yet parsed; keeps pipelined bytes from request to request.
  boost::beast::flat_buffer buffer_;
  std::size_t received_ = 0;
  std::string out_;

  // The present request.
  std::optional<RequestParser> parser_;
  const Route* route_ = nullptr;
  std::string allow_;
  bool head_only_ = false;
  Refusal refusal_ = Refusal::kMalformed;
  Response response_;
  bool keep_alive_ = false;
  // The client may still be sending what nobody will parse.
  bool linger_ = false;
};

}  // namespace mailtrail::ingest::http
