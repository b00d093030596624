#include "ingest/http/listener.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <exception>
#include <string>
#include <utility>

#include "ingest/http/address.h"
#include "ingest/http/io_thread.h"
#include "ingest/http/response_text.h"
#include "ingest/http/service.h"
#include "storage/base/status.h"

namespace mailtrail::ingest::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto kToken = asio::as_tuple(asio::use_awaitable);

// Belongs to the first io thread. Shared with the jobs posted there, of which one may still be
// queued when the listener goes.
struct Door {
  Door(tcp::acceptor the_acceptor, asio::steady_timer the_pause)
      : acceptor(std::move(the_acceptor)), pause(std::move(the_pause)) {}
  tcp::acceptor acceptor;
  // Runs while nothing can be accepted.
  asio::steady_timer pause;
};

}  // namespace

class Listener::Impl {
 public:
  Impl(Options options, Router router, const Clock& clock, MetricRegistry& metrics, Logger& logger)
      : service_(std::move(options), std::move(router), clock, metrics, logger) {
    for (int i = 0; i < service_.options.threads; ++i) {
      threads_.push_back(std::make_unique<IoThread>(service_, Cat(service_.options.name, "-", i)));
    }
  }

  absl::Status Listen() {
    MT_ASSIGN_OR_RETURN(const Address address, ParseAddress(service_.options.listen));
    asio::io_context& context = threads_.front()->context();
    MT_ASSIGN_OR_RETURN(const std::vector<tcp::endpoint> endpoints, EndpointsOf(context, address));
    MT_ASSIGN_OR_RETURN(tcp::acceptor acceptor,
                        OpenAcceptor(context, endpoints, service_.options.listen));
    error_code ec;
    port_ = acceptor.local_endpoint(ec).port();
    door_ = std::make_shared<Door>(std::move(acceptor), asio::steady_timer(context));
    asio::co_spawn(context, Accept(), [this](const std::exception_ptr& failure) {
      if (failure) {
        Log(LogLevel::kError, "http_accept_ended", "an exception left the accept loop");
      }
      service_.AcceptorClosed();
    });
    return absl::OkStatus();
  }

  std::uint16_t port() const { return port_; }

  std::size_t Drain(std::int64_t within_ms) {
    service_.BeginDrain(service_.clock.SteadyMillis() + within_ms);
    if (!door_) {
      service_.AcceptorClosed();
    } else {
      asio::post(threads_.front()->context(), [door = door_] {
        error_code ignored;
        door->acceptor.close(ignored);
        door->pause.cancel();
      });
    }
    for (const auto& thread : threads_) {
      thread->Drain();
    }
    service_.WaitUntilEmpty();
    return service_.cut();
  }

 private:
  asio::awaitable<void> Accept() {
    bool failing = false;
    while (!service_.draining()) {
      IoThread& thread = LeastLoaded();
      auto [ec, socket] = co_await door_->acceptor.async_accept(thread.context(), kToken);
      if (!ec) {
        failing = false;
        Take(thread, std::move(socket));
      } else if (!service_.draining()) {
        // Out of file descriptors, most likely; trying again at once would only burn the processor.
        if (!std::exchange(failing, true)) {
          Log(LogLevel::kError, "http_accept_failed", ec.message());
        }
        door_->pause.expires_after(std::chrono::milliseconds(kAcceptPauseMs));
        co_await door_->pause.async_wait(kToken);
      }
    }
    error_code ignored;
    door_->acceptor.close(ignored);
  }

  void Take(IoThread& thread, tcp::socket socket) {
    if (service_.TryOpen()) {
      thread.Serve(std::move(socket));
    } else {
      TurnAway(std::move(socket));
    }
  }

  // The socket's buffer is empty, so the short text fits without waiting. A client that had already
  // sent something may see a reset in its place.
  void TurnAway(tcp::socket socket) {
    service_.counters.Refused(Refusal::kConnectionLimit);
    const Response response = ResponseOf(Refusal::kConnectionLimit, "");
    service_.counters.Answered(response.status);
    std::string text;
    HttpDate date;
    WriteResponse(response, {.after = AfterResponse::kClose, .date = date.At(service_.clock.Now())},
                  text);
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
    Log(LogLevel::kInfo, "http_refused", std::string(TextOf(Refusal::kConnectionLimit).reason));
  }

  IoThread& LeastLoaded() {
    return **std::min_element(
        threads_.begin(), threads_.end(),
        [](const auto& left, const auto& right) { return left->load() < right->load(); });
  }

  void Log(LogLevel level, std::string_view event, std::string reason) {
    service_.logger.Write(level, event,
                          {{.name = "listener", .value = service_.options.name},
                           {.name = "reason", .value = std::move(reason)}});
  }

  Service service_;
  std::uint16_t port_ = 0;
  std::vector<std::unique_ptr<IoThread>> threads_;
  std::shared_ptr<Door> door_;
};

Listener::Listener(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

// Without memory for the drain's jobs the process ends, as it should.
// NOLINTNEXTLINE(bugprone-exception-escape)
Listener::~Listener() { Drain(0); }

absl::StatusOr<std::unique_ptr<Listener>> Listener::Start(Options options,
                                                          std::vector<Route> routes,
                                                          const Clock& clock,
                                                          MetricRegistry& metrics, Logger& logger) {
  MT_RETURN_IF_ERROR(Validate(options));
  MT_ASSIGN_OR_RETURN(Router router, Router::Create(std::move(routes)));
  std::unique_ptr<Listener> listener(new Listener(
      std::make_unique<Impl>(std::move(options), std::move(router), clock, metrics, logger)));
  MT_RETURN_IF_ERROR(listener->impl_->Listen());
  return listener;
}

std::uint16_t Listener::port() const { return impl_->port(); }

std::size_t Listener::Drain(std::int64_t within_ms) { return impl_->Drain(within_ms); }

}  // namespace mailtrail::ingest::http
