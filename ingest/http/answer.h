#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>

#include "ingest/http/message.h"

namespace mailtrail::ingest::http {

// Where a connection's coroutine and the Respond of its request meet. Touched on the connection's
// io thread only; holds nothing of the connection's, so it may outlive it.
struct PendingAnswer {
  // The handler has answered, or (without a response) let go of Respond.
  bool settled = false;
  std::optional<Response> response;
  // What the coroutine sleeps on; null when it does not, or no longer.
  boost::asio::steady_timer* waker = nullptr;
};

// A Respond whose call settles `pending` on `context`'s thread: at once when it is called there.
// Keeps `context` alive, so that a late call of a foreign thread has somewhere to go.
[[nodiscard]] Respond MakeRespond(std::shared_ptr<boost::asio::io_context> context,
                                  std::shared_ptr<PendingAnswer> pending);

}  // namespace mailtrail::ingest::http
