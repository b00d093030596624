#include "ingest/intake/intake.h"

#include <utility>

#include "ingest/ses/decoder.h"
#include "storage/base/status.h"

namespace mailtrail::ingest {
namespace {

Outcome OfRefusal(const sns::Refused& refused) {
  Outcome outcome{
      .kind = Outcome::Kind::kBusy, .reason = Word(refused.reason), .detail = refused.detail};
  switch (FaultOf(refused.reason)) {
    case sns::Fault::kMalformed:
      outcome.kind = Outcome::Kind::kMalformed;
      break;
    case sns::Fault::kTooLarge:
      outcome.kind = Outcome::Kind::kTooLarge;
      break;
    case sns::Fault::kForbidden:
      outcome.kind = Outcome::Kind::kForbidden;
      break;
    case sns::Fault::kUnavailable:
      break;
  }
  return outcome;
}

// What the writer or the store said, where it was not carried out: always worth another try.
Outcome OfFailure(const absl::Status& status) {
  std::string_view reason = "store_unavailable";
  if (absl::IsResourceExhausted(status)) reason = "queue_full";
  return {.kind = Outcome::Kind::kBusy,
          .reason = reason,
          .detail = sns::Printable(FromAbsl(status.message()))};
}

Outcome OfWrite(const absl::StatusOr<writer::Outcome>& written) {
  if (!written.ok()) return OfFailure(written.status());
  if (*written == writer::Outcome::kDuplicate) {
    return {.kind = Outcome::Kind::kDuplicate, .reason = {}, .detail = {}};
  }
  return {.kind = Outcome::Kind::kDurable, .reason = {}, .detail = {}};
}

LogLevel LevelOf(Outcome::Kind kind) {
  switch (kind) {
    case Outcome::Kind::kDurable:
    case Outcome::Kind::kDuplicate:
      return LogLevel::kDebug;
    case Outcome::Kind::kIgnored:
      return LogLevel::kInfo;
    default:
      return LogLevel::kWarning;
  }
}

}  // namespace

Intake::Intake(IntakeParts parts) : parts_(parts) {}

void Intake::TakePush(std::string_view body, std::optional<std::string_view> announced_type,
                      Done done) {
  parts_.verifier.Verify({.body = body, .announced_type = announced_type},
                         [this, done = std::move(done)](sns::Verdict verdict) {
                           if (const auto* refused = std::get_if<sns::Refused>(&verdict)) {
                             return Finish(refused->source, OfRefusal(*refused), done);
                           }
                           TakeGenuine(std::get<sns::GenuinePush>(std::move(verdict)), done);
                         });
}

void Intake::TakeGenuine(sns::GenuinePush push, Done done) {
  const std::uint32_t source = push.source->number;
  parts_.sources.Heard(source, push.signed_time);
  auto finish = [this, source, done](Outcome outcome) { Finish(source, std::move(outcome), done); };
  switch (push.type) {
    case sns::MessageType::kNotification:
      return TakeText(std::move(push), std::move(done));
    case sns::MessageType::kSubscriptionConfirmation:
      return parts_.subscriptions.Confirm(push, finish);
    case sns::MessageType::kUnsubscribeConfirmation:
      return parts_.subscriptions.RecordEnd(push, finish);
  }
}

void Intake::TakeText(sns::GenuinePush push, Done done) {
  const std::uint32_t source = push.source->number;
  auto finish = [this, source, done = std::move(done)](Outcome outcome) {
    Finish(source, std::move(outcome), done);
  };
  auto decoded = ses::Decode(push.message);
  if (!decoded.ok()) {
    const std::string reason = ses::ReasonOf(decoded.status());
    return parts_.quarantine.Keep(
        push, reason, FromAbsl(decoded.status().message()), [finish, reason](absl::Status kept) {
          if (absl::IsResourceExhausted(kept)) {
            return finish({.kind = Outcome::Kind::kBusy, .reason = "quarantine_full"});
          }
          if (!kept.ok()) return finish(OfFailure(kept));
          finish({.kind = Outcome::Kind::kQuarantined, .reason = "unreadable", .detail = reason});
        });
  }
  if (const auto* other = std::get_if<ses::NotAnEvent>(&*decoded)) {
    if (*other == ses::NotAnEvent::kValidationNotice) {
      return parts_.subscriptions.RecordValidation(push, finish);
    }
    return finish({.kind = Outcome::Kind::kIgnored, .reason = "inbound_mail"});
  }
  auto& event = std::get<ses::Decoded>(*decoded);
  parts_.writer.Submit(
      writer::AppendEvent{.event = {.event = std::move(event.event),
                                    .form = event.form,
                                    .canonical = std::move(event.canonical),
                                    .headers = std::move(event.headers),
                                    .raw = std::move(push.message),
                                    .source = static_cast<std::uint16_t>(source)},
                          .local_rows = {}},
      [finish](absl::StatusOr<writer::Outcome> written) { finish(OfWrite(written)); });
}

void Intake::Finish(std::uint32_t source, Outcome outcome, const Done& done) {
  parts_.sources.Count(source, outcome);
  parts_.metrics
      .GetCounter(
          "mailtrail_intake_pushes_total", "Pushes by what became of them.",
          {{"outcome", std::string(Word(outcome.kind))}, {"reason", std::string(outcome.reason)}})
      .Increment();
  if (outcome.kind != Outcome::Kind::kDurable && outcome.kind != Outcome::Kind::kDuplicate) {
    parts_.logger.Write(LevelOf(outcome.kind), "push_not_stored",
                        {{"outcome", std::string(Word(outcome.kind))},
                         {"reason", std::string(outcome.reason)},
                         {"detail", outcome.detail},
                         {"source", Cat(source)}});
  }
  done(std::move(outcome));
}

}  // namespace mailtrail::ingest
