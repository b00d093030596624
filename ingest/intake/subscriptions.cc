#include "ingest/intake/subscriptions.h"

#include <utility>

#include "ingest/sns/confirmation.h"
#include "storage/base/text.h"

namespace mailtrail::ingest {

using storage::v1::TopicState;

void Subscriptions::Confirm(const sns::GenuinePush& push, std::function<void(Outcome)> done) {
  if (!push.source->confirm_subscriptions) {
    logger_.Write(LogLevel::kWarning, "subscription_not_confirmed",
                  {{"topic", push.topic.text}, {"reason", "confirm_subscriptions is off"}});
    return done({.kind = Outcome::Kind::kIgnored, .reason = "confirmation_off", .detail = {}});
  }
  fetch_(sns::ConfirmationUrl(push.topic, push.token),
         [this, source = push.source->number, topic = push.topic.text,
          done = std::move(done)](absl::StatusOr<std::string> answer) {
           if (!answer.ok()) {
             logger_.Write(LogLevel::kWarning, "subscription_not_confirmed",
                           {{"topic", topic}, {"reason", std::string(answer.status().message())}});
             return done({.kind = Outcome::Kind::kBusy,
                          .reason = "confirmation_failed",
                          .detail = sns::Printable(FromAbsl(answer.status().message()))});
           }
           logger_.Write(LogLevel::kInfo, "subscription_confirmed", {{"topic", topic}});
           Record(
               source, topic,
               [now = clock_.Now()](TopicState& state) {
                 state.set_subscription(TopicState::SUBSCRIPTION_CONFIRMED);
                 state.set_changed_ms(now.value);
               },
               "subscription_confirmed", done);
         });
}

void Subscriptions::RecordEnd(const sns::GenuinePush& push, std::function<void(Outcome)> done) {
  logger_.Write(LogLevel::kWarning, "subscription_ended", {{"topic", push.topic.text}});
  Record(
      push.source->number, push.topic.text,
      [now = clock_.Now()](TopicState& state) {
        state.set_subscription(TopicState::SUBSCRIPTION_ENDED);
        state.set_changed_ms(now.value);
      },
      "subscription_ended", std::move(done));
}

void Subscriptions::RecordValidation(const sns::GenuinePush& push,
                                     std::function<void(Outcome)> done) {
  Record(
      push.source->number, push.topic.text,
      [now = clock_.Now()](TopicState& state) { state.set_validated_ms(now.value); },
      "validation_notice", std::move(done));
}

void Subscriptions::Record(std::uint32_t source, const std::string& topic,
                           std::function<void(TopicState&)> change, std::string_view reason,
                           std::function<void(Outcome)> done) {
  sources_.ChangeTopic(
      source, topic, std::move(change),
      [reason, done = std::move(done)](absl::StatusOr<writer::Outcome> stored) {
        // Not to be stored is no fault of the push, unless another try may store it.
        if (absl::IsUnavailable(stored.status())) {
          return done({.kind = Outcome::Kind::kBusy, .reason = "store_unavailable", .detail = {}});
        }
        done({.kind = Outcome::Kind::kIgnored, .reason = reason, .detail = {}});
      });
}

}  // namespace mailtrail::ingest
