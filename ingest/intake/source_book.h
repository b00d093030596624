#pragma once

// The sources: which are configured, the numbers that their events carry, and how each is doing.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ingest/intake/outcome.h"
#include "ingest/sns/sources.h"
#include "storage/base/clock.h"
#include "storage/base/mutex.h"
#include "storage/local/sources.h"
#include "storage/writer/writer.h"

namespace mailtrail::ingest {

// How a source is doing. Counts are since the start.
struct SourceReport {
  local::SourceRow row;
  std::vector<std::string> topic_patterns;  // Empty when it is no longer configured.
  std::optional<UnixMillis> last_push;
  std::optional<UnixMillis> last_push_sns;  // SNS's own time of that push.
  std::array<std::int64_t, 8> outcomes{};   // By Outcome::Kind.
  struct Refusals {
    Outcome::Kind kind;
    std::int64_t count;
  };
  std::map<std::string, Refusals> refusals;  // By reason.
};

// Thread-safe.
class SourceBook {
 public:
  // `rows`: what the store knows. `writer` and `clock` must outlive the book.
  SourceBook(std::vector<local::SourceRow> rows, writer::Writer& writer, const Clock& clock);

  // Gives every configured source its number: the one it had, if name, account and region are the
  // same, else a new one, which is durable before this returns. The result is in force for
  // the book's reports; the caller hands it on to the verifier. Blocks for a write; not for the
  // writer's thread. kInvalidArgument as SourceSet::Make; kResourceExhausted when the numbers are
  // used up; else the writer's.
  [[nodiscard]] absl::StatusOr<std::shared_ptr<const sns::SourceSet>> Configure(
      std::vector<sns::SourceConfig> configs);

  // A push came to its end. `source`: its number, 0 for none.
  void Count(std::uint32_t source, const Outcome& outcome);
  // A genuine push of the source.
  void Heard(std::uint32_t source, UnixMillis sns_time);

  // Changes what is known of a topic, and stores it; `done` as Writer::Submit's. A topic beyond
  // kTopicsPerSourceMax is not remembered, and `done` gets kResourceExhausted.
  void ChangeTopic(std::uint32_t source, const std::string& topic_arn,
                   absl::AnyInvocable<void(storage::v1::TopicState&)> change, writer::Done done);

  // By number.
  [[nodiscard]] std::vector<SourceReport> Reports() const;
  // Refusals of pushes that belong to no source.
  [[nodiscard]] std::map<std::string, SourceReport::Refusals> UnattributedRefusals() const;

 private:
  struct Numbered {
    std::vector<sns::SourceConfig> configs;
    std::vector<local::SourceRow> added;
  };
  [[nodiscard]] absl::StatusOr<Numbered> Number(std::vector<sns::SourceConfig> configs) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  writer::Writer& writer_;
  const Clock& clock_;

  // One change of rows at a time, held until the writer has it: rows must reach it in their order.
  Mutex changing_ ABSL_ACQUIRED_BEFORE(mu_);
  mutable Mutex mu_;
  std::map<std::uint32_t, SourceReport> reports_ ABSL_GUARDED_BY(mu_);
  std::map<std::string, SourceReport::Refusals> unattributed_ ABSL_GUARDED_BY(mu_);
};

}  // namespace mailtrail::ingest
