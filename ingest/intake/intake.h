#pragma once

// Where every door ends: a push or a text comes in, and an outcome comes back once it is safe.
//
//   TakePush  an SNS envelope, still to be proven       (http, sqs, files of envelopes)
//   TakeText  SES's JSON that a source vouches for      (behind TakePush; raw queues, bare files)

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/any_invocable.h"
#include "ingest/intake/outcome.h"
#include "ingest/intake/quarantine_keeper.h"
#include "ingest/intake/source_book.h"
#include "ingest/intake/subscriptions.h"
#include "ingest/sns/verifier.h"
#include "storage/base/logger.h"
#include "storage/base/metrics.h"
#include "storage/writer/writer.h"

namespace mailtrail::ingest {

// All must outlive the intake.
struct IntakeParts {
  sns::Verifier& verifier;
  SourceBook& sources;
  Subscriptions& subscriptions;
  QuarantineKeeper& quarantine;
  writer::Writer& writer;
  Logger& logger;
  MetricRegistry& metrics;
};

// Thread-safe. Checks and decodes on the caller's thread: some 20 us, most of it the signature.
class Intake {
 public:
  // Called once, from any thread: at once for what is refused, from the writer's thread for what is
  // durable, from a fetch's thread where a certificate had to be fetched.
  using Done = std::function<void(Outcome)>;

  explicit Intake(IntakeParts parts);

  // `announced_type`: see sns::Push. `body` need not outlive the call.
  void TakePush(std::string_view body, std::optional<std::string_view> announced_type, Done done);

  // The text of a notification that proved genuine.
  void TakeText(sns::GenuinePush push, Done done);

 private:
  void TakeGenuine(sns::GenuinePush push, Done done);
  // Counts, logs what was refused, and tells the door.
  void Finish(std::uint32_t source, Outcome outcome, const Done& done);

  IntakeParts parts_;
};

}  // namespace mailtrail::ingest
