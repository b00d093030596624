#include "ingest/http/sns_route.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "storage/base/text.h"

namespace mailtrail::ingest::http {

int StatusOf(Outcome::Kind kind) {
  switch (kind) {
    case Outcome::Kind::kDurable:
    case Outcome::Kind::kDuplicate:
    case Outcome::Kind::kQuarantined:
    case Outcome::Kind::kIgnored:
      return 200;
    case Outcome::Kind::kMalformed:
      return 400;
    case Outcome::Kind::kTooLarge:
      return 413;
    case Outcome::Kind::kForbidden:
      return 403;
    case Outcome::Kind::kBusy:
      return 503;
  }
  return 503;
}

Route SnsRoute(Intake& intake) {
  return {
      .method = "POST", .path = kSnsPath, .handler = [&intake](Request request, Respond respond) {
        // Shared, since a std::function must be copyable.
        auto answer = std::make_shared<Respond>(std::move(respond));
        intake.TakePush(request.body, request.headers.Get("x-amz-sns-message-type"),
                        [answer](const Outcome& outcome) {
                          Response response;
                          response.status = StatusOf(outcome.kind);
                          response.body =
                              Cat(Word(outcome.kind), outcome.reason.empty() ? "" : ": ",
                                  outcome.reason, "\n");
                          (*answer)(std::move(response));
                        });
      }};
}

}  // namespace mailtrail::ingest::http
