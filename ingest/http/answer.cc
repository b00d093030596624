#include "ingest/http/answer.h"

#include <boost/asio/dispatch.hpp>
#include <exception>
#include <utility>

namespace mailtrail::ingest::http {
namespace {

class Responder {
 public:
  Responder(std::shared_ptr<boost::asio::io_context> context,
            std::shared_ptr<PendingAnswer> pending)
      : context_(std::move(context)), pending_(std::move(pending)) {}
  Responder(Responder&&) noexcept = default;
  Responder& operator=(Responder&&) = delete;
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;
  ~Responder() {
    if (pending_) {
      Settle(std::nullopt);
    }
  }

  void operator()(Response response) {
    if (pending_) {
      Settle(std::move(response));
    }
  }

 private:
  void Settle(std::optional<Response> response) {
    const std::shared_ptr<boost::asio::io_context> context = std::move(context_);
    const std::shared_ptr<PendingAnswer> pending = std::move(pending_);
    try {
      // The job must not hold the context: one that still waits in it after its end would keep it
      // alive.
      boost::asio::dispatch(*context, [pending, response = std::move(response)]() mutable {
        pending->settled = true;
        pending->response = std::move(response);
        if (pending->waker != nullptr) {
          pending->waker->cancel();
        }
      });
    } catch (const std::exception&) {
      // Out of memory: the connection answers 503 when its time for the answer is up.
    }
  }

  std::shared_ptr<boost::asio::io_context> context_;
  std::shared_ptr<PendingAnswer> pending_;
};

}  // namespace

Respond MakeRespond(std::shared_ptr<boost::asio::io_context> context,
                    std::shared_ptr<PendingAnswer> pending) {
  return Responder(std::move(context), std::move(pending));
}

}  // namespace mailtrail::ingest::http
