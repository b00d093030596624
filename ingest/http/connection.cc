#include "ingest/http/connection.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "ingest/http/answer.h"
#include "ingest/http/head_scanner.h"
#include "ingest/http/limits.h"
#include "ingest/http/response_text.h"

namespace mailtrail::ingest::http {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

// Errors come as values; nothing of Asio's throws.
constexpr auto kToken = asio::as_tuple(asio::use_awaitable);

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

Connection::Connection(tcp::socket socket, std::shared_ptr<asio::io_context> context,
                       Service& service, HttpDate& date)
    : socket_(std::move(socket)),
      context_(std::move(context)),
      service_(service),
      date_(date),
      waker_(*context_) {}

asio::awaitable<void> Connection::Run() {
  error_code ignored;
  socket_.set_option(tcp::no_delay(true), ignored);
  bool again = true;
  while (again && !cut_) {
    again = co_await ServeOne();
  }
  if (linger_ && !cut_) {
    co_await Linger();
  }
  socket_.close(ignored);
}

// True when the connection goes on with another request.
asio::awaitable<bool> Connection::ServeOne() {
  parser_.emplace();
  route_ = nullptr;
  allow_.clear();
  head_only_ = false;
  keep_alive_ = false;
  linger_ = false;

  Outcome outcome = co_await WaitForRequest();
  if (outcome == Outcome::kOk) {
    outcome = co_await ReadHead();
  }
  if (outcome == Outcome::kOk) {
    outcome = JudgeHead();
  }
  if (outcome == Outcome::kOk && parser_->has_body()) {
    outcome = co_await ReadBody();
  }
  service_.counters.Received(std::exchange(received_, 0));
  if (outcome == Outcome::kOk) {
    outcome = co_await Answer();
  }
  if (outcome == Outcome::kRefused) {
    PrepareRefusal();
  }
  if (outcome == Outcome::kGone || cut_) {
    co_return false;
  }
  co_return co_await Send();
}

asio::awaitable<Connection::Outcome> Connection::WaitForRequest() {
  while (buffer_.size() == 0) {
    if (service_.draining() && !InputWaits()) {
      co_return Outcome::kGone;
    }
    SetDeadline(service_.options.idle_ms);
    idle_ = true;
    const bool filled = co_await Fill();
    idle_ = false;
    // A request that came just as the silence was cut short is still answered.
    if (!filled && !InputWaits()) {
      co_return Outcome::kGone;
    }
  }
  co_return Outcome::kOk;
}

asio::awaitable<Connection::Outcome> Connection::ReadHead() {
  SetDeadline(service_.options.head_ms);
  HeadScanner scanner;
  bool first_line = true;
  while (true) {
    // One empty line before a request is a leftover of old clients (RFC 9112 2.2).
    if (first_line && Buffered().size() >= kLineEnd.size()) {
      first_line = false;
      buffer_.consume(Buffered().starts_with(kLineEnd) ? kLineEnd.size() : 0);
    }
    const HeadScanner::Verdict verdict =
        first_line ? HeadScanner::Verdict::kMore : scanner.Scan(Buffered());
    if (verdict == HeadScanner::Verdict::kBad) {
      co_return Refuse(Refusal::kMalformed);
    }
    if (scanner.head_bytes() > kHeadBytesMax) {
      co_return Refuse(Refusal::kHeadTooLarge);
    }
    if (verdict == HeadScanner::Verdict::kDone) {
      co_return ParseHead(scanner.head_bytes());
    }
    const bool filled = co_await Fill();
    if (!filled) {
      co_return Lost(Refusal::kHeadTimeout);
    }
  }
}

Connection::Outcome Connection::ParseHead(std::size_t head_bytes) {
  error_code ec;
  parser_->put(asio::buffer(buffer_.data(), head_bytes), ec);
  if (ec) {
    return Refuse(ec == beast_http::error::header_limit ? Refusal::kHeadTooLarge
                                                        : Refusal::kMalformed);
  }
  buffer_.consume(head_bytes);
  return Outcome::kOk;
}

// What can be refused before the body was read.
Connection::Outcome Connection::JudgeHead() {
  const Request& request = parser_->request();
  head_only_ = request.method == "HEAD";
  // An HTTP/1.0 client that names no length may mean the rest of the connection as a body, which
  // RFC 1945 forbids: what follows must not be taken for a request.
  const bool unknown_length = parser_->http10() && !parser_->has_length() &&
                              request.method != "GET" && request.method != "HEAD";
  keep_alive_ = parser_->keep_alive() && !unknown_length;
  linger_ = unknown_length;

  Router::Match match = service_.router.Find(request.method, request.target);
  if (match.route == nullptr) {
    allow_ = std::move(match.allow);
    return Refuse(allow_.empty() ? Refusal::kUnknownPath : Refusal::kMethodNotAllowed);
  }
  route_ = match.route;
  if (parser_->encoded()) {
    return Refuse(Refusal::kContentEncoding);
  }
  if (parser_->expects_other()) {
    return Refuse(Refusal::kExpectation);
  }
  if (parser_->content_length().value_or(0) > kBodyBytesMax) {
    return Refuse(Refusal::kBodyTooLarge);
  }
  return Outcome::kOk;
}

asio::awaitable<Connection::Outcome> Connection::ReadBody() {
  SetDeadline(service_.options.body_ms);
  if (parser_->expects_continue() && !parser_->http10() && buffer_.size() == 0) {
    const Outcome sent = co_await SendContinue();
    if (sent != Outcome::kOk) {
      co_return sent;
    }
  }
  parser_->BeginBody(kBodyBytesMax);
  const std::size_t wire_bytes_max = received_ + kBodyWireBytesMax;
  error_code ec;
  while (!parser_->is_done()) {
    if (buffer_.size() == 0 || ec == beast_http::error::need_more) {
      if (buffer_.size() > kChunkHeadBytesMax || received_ > wire_bytes_max) {
        co_return Refuse(Refusal::kMalformed);
      }
      const bool filled = co_await Fill();
      if (!filled) {
        co_return Lost(Refusal::kBodyTimeout);
      }
    }
    buffer_.consume(parser_->put(buffer_.data(), ec));
    if (ec == beast_http::error::body_limit) {
      co_return Refuse(Refusal::kBodyTooLarge);
    }
    if (ec && ec != beast_http::error::need_more) {
      co_return Refuse(Refusal::kMalformed);
    }
  }
  co_return Outcome::kOk;
}

asio::awaitable<Connection::Outcome> Connection::SendContinue() {
  const auto [ec, bytes] = co_await asio::async_write(socket_, asio::buffer(kContinue), kToken);
  co_return ec ? Lost(Refusal::kBodyTimeout) : Outcome::kOk;
}

asio::awaitable<Connection::Outcome> Connection::Answer() {
  SetDeadline(service_.options.answer_ms);
  const auto pending = std::make_shared<PendingAnswer>();
  route_->handler(std::move(parser_->request()), MakeRespond(context_, pending));
  // A client that leaves is not noticed here: what it sent is being made durable all the same.
  while (!pending->settled && !overdue_ && !cut_) {
    pending->waker = &waker_;
    waker_.expires_at(asio::steady_timer::time_point::max());
    co_await waker_.async_wait(kToken);
    pending->waker = nullptr;
  }
  if (!pending->settled) {
    co_return cut_ ? Outcome::kGone : Refuse(Refusal::kAnswerTimeout);
  }
  if (!pending->response) {
    co_return Refuse(Refusal::kAnswerDropped);
  }
  response_ = *std::move(pending->response);
  co_return Outcome::kOk;
}

// True when the connection goes on.
asio::awaitable<bool> Connection::Send() {
  const bool close = !keep_alive_ || service_.draining();
  SetDeadline(service_.options.write_ms);
  WriteResponse(response_,
                {.after = close ? AfterResponse::kClose : AfterResponse::kKeepAlive,
                 .body = head_only_ ? BodyText::kOmit : BodyText::kSend,
                 .http10 = parser_->http10(),
                 .date = date_.At(service_.clock.Now())},
                out_);
  service_.counters.Answered(response_.status);
  const auto [ec, bytes] = co_await asio::async_write(socket_, asio::buffer(out_), kToken);
  if (ec) {
    linger_ = false;
  }
  co_return !ec && !close;
}

// Closing a socket with unread input resets the connection, and the client may never see the
// response it was sent. So: say that nothing more comes, and read on for a moment.
asio::awaitable<void> Connection::Linger() {
  SetDeadline(service_.options.linger_ms);
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  received_ = 0;
  while (!overdue_ && !cut_ && received_ < kLingerBytesMax) {
    buffer_.clear();
    const bool filled = co_await Fill();
    if (!filled) {
      break;
    }
  }
}

asio::awaitable<bool> Connection::Fill() {
  const auto room = buffer_.prepare(kReadBytes);
  const auto [ec, bytes] = co_await socket_.async_read_some(room, kToken);
  buffer_.commit(bytes);
  received_ += bytes;
  co_return !ec;
}

Connection::Outcome Connection::Refuse(Refusal refusal) {
  refusal_ = refusal;
  return Outcome::kRefused;
}

void Connection::PrepareRefusal() {
  response_ = ResponseOf(refusal_, allow_);
  // The connection goes on only if the next request's first byte is known.
  const bool in_step = parser_->is_done() && refusal_ != Refusal::kMalformed;
  keep_alive_ = keep_alive_ && in_step;
  linger_ = linger_ || !in_step;
  service_.counters.Refused(refusal_);
  service_.logger.Write(LogLevel::kInfo, "http_refused",
                        {{.name = "listener", .value = service_.options.name},
                         {.name = "reason", .value = std::string(TextOf(refusal_).reason)}});
}

void Connection::SetDeadline(std::int64_t after_ms) {
  deadline_ms_ = service_.clock.SteadyMillis() + after_ms;
  overdue_ = false;
}

void Connection::Sweep(std::int64_t now_ms) {
  if (now_ms >= deadline_ms_) {
    // At every sweep until the phase ends: an operation that was just beginning is caught by the
    // next.
    overdue_ = true;
    Interrupt();
  }
}

void Connection::WakeIfIdle() {
  if (idle_) {
    Interrupt();
  }
}

void Connection::Cut() {
  if (!cut_) {
    cut_ = true;
    if (!idle_) {
      service_.CountCut();
    }
    error_code ignored;
    socket_.close(ignored);
    waker_.cancel();
  }
}

void Connection::Interrupt() {
  error_code ignored;
  socket_.cancel(ignored);
  waker_.cancel();
}

bool Connection::InputWaits() {
  error_code ec;
  return socket_.available(ec) > 0 && !ec;
}

std::string_view Connection::Buffered() const {
  const auto data = buffer_.data();
  return {static_cast<const char*>(data.data()), data.size()};
}

}  // namespace mailtrail::ingest::http
