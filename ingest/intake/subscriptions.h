#pragma once

// SNS's messages about a subscription: confirms what the configuration wants, records what ended.

#include <functional>

#include "ingest/intake/outcome.h"
#include "ingest/intake/source_book.h"
#include "ingest/sns/fetch_function.h"
#include "ingest/sns/verifier.h"
#include "storage/base/clock.h"
#include "storage/base/logger.h"

namespace mailtrail::ingest {

// Thread-safe. What it is given must outlive it, and the fetches that it began.
class Subscriptions {
 public:
  Subscriptions(SourceBook& sources, sns::FetchFunction fetch, const Clock& clock, Logger& logger)
      : sources_(sources), fetch_(std::move(fetch)), clock_(clock), logger_(logger) {}

  // A genuine SubscriptionConfirmation: asks SNS to confirm, by a request made from the listed
  // topic and the signed token. A failure is kBusy, so that SNS sends the message again; a source
  // that is not to confirm gives kIgnored.
  void Confirm(const sns::GenuinePush& push, std::function<void(Outcome)> done);

  // A genuine UnsubscribeConfirmation: recorded, never followed, since its URL would subscribe
  // again.
  void RecordEnd(const sns::GenuinePush& push, std::function<void(Outcome)> done);

  // SES has checked the topic as an event destination.
  void RecordValidation(const sns::GenuinePush& push, std::function<void(Outcome)> done);

 private:
  void Record(std::uint32_t source, const std::string& topic,
              std::function<void(storage::v1::TopicState&)> change, std::string_view reason,
              std::function<void(Outcome)> done);

  SourceBook& sources_;
  const sns::FetchFunction fetch_;
  const Clock& clock_;
  Logger& logger_;
};

}  // namespace mailtrail::ingest
